import type { Outcome } from './ending-rules.ts';
import type { Leg } from './flow.ts';

/** Words of the what-if of 差戻し, 非承認, 取消, 承認取消 and 退会取消. */

type ByLeg = Readonly<Record<Leg, (on: string) => string>>;

const layer: Readonly<Record<Outcome, string | ByLeg>> = {
  untouched: '変わりません',
  stays: {
    join: (on) => `承認(入会日 ${on})はそのまま残ります`,
    leave: (on) => `承認(退会日 ${on})はそのまま残ります`,
    change: (on) => (on === '' ? '確認はそのまま残ります' : `承認(異動日 ${on})はそのまま残ります`),
  },
  open: '変わりません(審査の途中です)',
  again: '承認を取り消し、審査中に戻ります',
  never: {
    join: () => '入会しません',
    leave: () => '退会しません(会員資格は継続します)',
    change: () => '変わりません',
  },
  undone: {
    join: (on) => `${on}付の入会を取り消します`,
    leave: (on) => `${on}付の退会を取り消します(会員資格は継続します)`,
    change: (on) => `${on}付の変更を取り消し、変更前の内容に戻ります`,
  },
  waits: '承認は残りますが、すべての手続きが完了するまで効力は生じません',
  goesOn: {
    join: () => '変わりません',
    leave: (on) => `${on}付の退会を取り消します(会員資格は継続します)`,
    change: () => '所属の移動を取り消し、元の所属で継続します',
  },
};

export const endingTexts = {
  layer,
  insurance: {
    outside: 'この申請は日本医師会を含みません',
    goesOn: '変わりません',
    later: '日本医師会の入会日から適用されます(入会日は決まっていません)',
    never: 'この申請による適用はありません',
    undone: (on: string) => `${on}からの適用を取り消します`,
  },
  task: (name: string) => `環境設定により、${name}に会員資格の取扱いの確認を依頼します`,
} as const;
