import type { PartState } from './rules.ts';

/** Words of 稼働状況. */
export const partLabels: Readonly<Record<PartState, string>> = { normal: '正常', troubled: '一部に障害', stopped: '停止中' };

export const partTones = { normal: 'success', troubled: 'warn', stopped: 'danger' } as const satisfies Record<PartState, string>;

/** Words of よくある質問に追加する (`screens.md P-05`). */
export const faqTexts = {
  question: '質問',
  answer: '回答',
  anonymous: '個人や医師会が分かる内容を含んでいないこと',
  withdrawn: 'この質問は、すでに取り下げられています。',
} as const;

/** Whether a page of the manual is for doctors, by the words of its README. */
export function isForDoctors({ audience }: { audience: string }): boolean {
  return audience.split('・').includes('医師');
}

/** Whether a page is for offices of any kind. */
export function isForOffices({ audience }: { audience: string }): boolean {
  return audience !== '医師';
}
