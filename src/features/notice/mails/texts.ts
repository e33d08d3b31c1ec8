/** M-54 (`screens.md 8`): リード文 and a link; the body of the notice is read after the login. */

export type MailText = { subject: string; body: string };

// Controls, formats and line separators have no business in a header.
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** To one reader; offices are addressed without a name. */
export function noticeMail(notice: { title: string; lead: string; association: string }, to: { name?: string; link: string }): MailText {
  return {
    subject: notice.title.replaceAll(unfit, '').trim() || 'お知らせ',
    body: [
      ...(to.name === undefined ? [] : [`${to.name} 様`, '']),
      `${notice.association}からのお知らせです。`,
      '',
      notice.title,
      ...(notice.lead === '' ? [] : ['', notice.lead]),
      '',
      '本文は、MAMISにログインしてご覧ください。',
      `画面:${to.link}`,
    ].join('\n'),
  };
}
