import type { HeldReason } from './rules.ts';

/** Why a member could not be carried over and what to do, as the keepers of the master read it (`screens.md J-02`). */
export const heldTexts: Readonly<Record<HeldReason, string>> = {
  bothMembers: '両方の医師会の会員で、適用日以後の決定があります。その決定を取り消すか、効力が生じた後に移ります。',
  category: '移る先の会員区分が決められていない会員区分の会員がいます。',
  ledger: '会員ログの記録を移る先に引き継げません。運営事務局で確認してください。',
};

/** A case in which both associations have a part. */
export function bothInCase(number: string): string {
  return `届${number}は、両方の医師会で処理中です。完了または取下げ・取消の後に移ります。`;
}
