import type { BulkActionName } from './schema.ts';

/** Words of 一括操作 (`screens.md O-03, O-04`). */

const words: Record<BulkActionName, string> = { receive: '受付', approve: '承認', return: '差戻', acknowledge: '確認', cancel: '取消' };

/** The word on the button below the list. */
export function bulkWord(action: BulkActionName): string {
  return words[action];
}

/** 完了 or 未実行 of one row. */
export function resultLabel(done: boolean): string {
  return done ? '完了' : '未実行';
}

/** What will happen to a row, in a few words. */
export const willWords = {
  receive: '受付します',
  /** `category` is empty where a membership ends; the first of two persons decides nothing yet. */
  approve: ({ on, category, next, turn }: { on: string; category: string; next: string | undefined; turn: 'first' | 'last' }) => {
    const dated = [category, `${on}付`].filter((part) => part !== '').join('・');
    if (turn === 'first') return `${dated}で、1人目として承認します(もう1名の承認が必要です)`;
    return next === undefined ? `${dated}で承認します` : `${dated}で承認し、${next}へ送付します`;
  },
  return: '申請者に差し戻します',
  /** `decided` is what the others have decided, e.g. 「退会日:2026/03/31(大阪市北区医師会)」. */
  acknowledge: (decided: readonly string[]) => (decided.length === 0 ? '確認済にします' : `確認済にします ${decided.join('、')}`),
  cancel: '申請を取り消します',
} as const;
