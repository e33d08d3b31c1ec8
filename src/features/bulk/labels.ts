import type { BulkActionName } from './schema.ts';

/** Words of 一括操作 (`screens.md O-03, O-04`). */

const words: Record<BulkActionName, string> = { receive: '受付', approve: '承認', return: '差戻', cancel: '取消' };

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
  /** `category` is empty where a membership ends. */
  approve: ({ on, category, next }: { on: string; category: string; next: string | undefined }) => {
    const dated = [category, `${on}付`].filter((part) => part !== '').join('・');
    return next === undefined ? `${dated}で承認します` : `${dated}で承認し、${next}へ送付します`;
  },
  return: '申請者に差し戻します',
  cancel: '申請を取り消します',
} as const;
