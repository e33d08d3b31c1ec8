import type { ProposalState } from '../flow.ts';
import { stateLabels } from '../labels.ts';

/** Mails of the proposals for the master of facilities (`screens.md O-14, 8`). Facilities are no personal data; no person is named. Pure. */

export type MailText = { subject: string; body: string };

/** M-40, to who has to decide now. */
export function waitingMail(about: { kind: string; from: string; link: string; merge: boolean }): MailText {
  const what = about.merge
    ? '施設の重複の報告が、都道府県医師会で承認されました。'
    : `${about.from}から、施設マスタへの提案(${about.kind})がありました。`;
  return {
    subject: about.merge ? '施設の統合をお願いします' : '施設の提案があります',
    body: [
      what,
      `MAMISにログインし、内容をご確認のうえ、${about.merge ? '統合または却下' : '承認または却下'}をお願いいたします。`,
      '',
      `画面:${about.link}`,
    ].join('\n'),
  };
}

/** M-46, to the office that proposed: result and reason. */
export function resultMail(about: {
  kind: string;
  facility: string;
  state: ProposalState;
  by: string;
  answer: string;
  link: string;
}): MailText {
  const result = stateLabels[about.state];
  return {
    subject: `施設の提案の結果(${result})`,
    body: [
      `施設マスタへの提案(${about.kind}:${about.facility})の結果をお知らせします。`,
      '',
      `結果:${result}(${about.by})`,
      ...(about.answer === '' ? [] : [`理由:${about.answer}`]),
      '',
      `画面:${about.link}`,
    ].join('\n'),
  };
}
