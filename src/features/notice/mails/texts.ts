/** M-54 (`screens.md 8`): リード文 and a link; the body of the notice is read after the login. */

export type MailText = { subject: string; body: string };

// Controls, formats and line separators have no business in a header.
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A title of 80 characters may be far longer where glyphs have variants; a header takes so much. */
const mostUnits = 180;

function headerText(title: string): string {
  let text = '';
  for (const sign of title.replaceAll(unfit, '').trim()) {
    if (text.length + sign.length > mostUnits) break;
    text += sign;
  }
  return text;
}

/** To one reader; offices are addressed without a name. */
export function noticeMail(notice: { title: string; lead: string; association: string }, to: { name?: string; link: string }): MailText {
  return {
    subject: headerText(notice.title) || 'お知らせ',
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
