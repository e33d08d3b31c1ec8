import type { Actor } from '#kernel/actor.ts';

/** Who keeps よくある質問 (`screens.md P-05`): 運営事務局, and 管理者 and スタッフ of the 日本医師会. Pure. */
export function mayKeepFaq(actor: Actor): boolean {
  return actor.kind === 'operations' || (actor.kind === 'office' && actor.associationId === 0 && actor.role !== 'trainingContractor');
}
