import { Form } from 'react-router';
import type { FormValues } from '#platform/http/form.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { ChangeKind } from '../../master-fields.ts';
import { categoryMapField, changeLabels, isChangeKind, isSplitRule, masterNames as names, splitRuleLabels } from '../../master-fields.ts';
import type { ChangeReview, MoveReview } from '../../queries/master.ts';

type Shown = { values: FormValues; review: ChangeReview };

const kept = ['kind', 'name', 'kana', 'parentCode', 'targetCode', 'splitRule', 'splitText', 'carriesStaff', 'startsOn', 'reason'] as const;

function staffText(people: number, { merged, carried }: { merged: boolean; carried: number | undefined }): string {
  if (!merged) return `${people}名。元の医師会に残ります`;
  const how =
    carried === undefined
      ? '自動では移りません。移る先の医師会の管理者が招待します'
      : `うち${carried}名が、同じ権限と有効期間で、移る先の事務局ユーザーになります(利用停止中の方、移る先にすでに登録のある方を除きます)。本人にメールでお知らせします。元の医師会では`;
  return `${people}名。${how}${carried === undefined ? '。' : '、'}適用日の前日まで(両方の医師会で処理中の届が残る間は、それが終わるまで)利用できます。予約とともに、両方の管理者にメールでお知らせします`;
}

function numbersOf({ review: { burden, move }, values }: Shown) {
  const kind = textOf(values['kind']) ?? '';
  const merged = kind === 'merge';
  const carriesStaff = (textOf(values['carriesStaff']) ?? '') !== '';
  if (move === undefined)
    return [
      { label: '適用日以降の会員', value: `${burden.members}名` },
      { label: '処理中の届', value: `${burden.cases}件` },
      { label: '下位の医師会', value: `${burden.below}件` },
      { label: '事務局ユーザー', value: kind === 'close' ? `${burden.staff}名。適用日の前日まで利用できます` : `${burden.staff}名` },
    ];
  return [
    { label: '移る会員', value: `${move.members}名(うち両方の会員 ${move.bothMembers}名)` },
    { label: '引き継ぐ処理中の届', value: `${move.cases}件` },
    { label: '担当が移る所属施設', value: `${move.facilities}件` },
    { label: '事務局ユーザー', value: staffText(burden.staff, { merged, carried: carriesStaff ? move.staff : undefined }) },
    { label: '環境設定・会員区分・送付物', value: `適用日から${move.target}のものになります` },
    { label: '届の事務局メモ', value: '処理中の届のメモは、引き継ぐ医師会でも読めます(「自医師会のみ」を含む)' },
    { label: '独自項目', value: '移る先の医師会に同じ名称・種類の項目があるものだけが引き継がれます' },
    { label: '会員メモ', value: '引き継がれません。必要なものは、適用日の前に元の医師会がデータ出力で保存します' },
    { label: '送付物を希望しない設定', value: '引き継がれません。本人が、移る先の送付物について改めて設定します' },
    { label: '会員へのお知らせ', value: '移った会員に、1人1通のメールでお知らせします' },
  ];
}

function whatOf({ values, review }: Shown, kind: ChangeKind) {
  const text = (name: string) => textOf(values[name]) ?? '';
  const rule = text('splitRule');
  const lines = text('splitText')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [
    { label: names.change, value: changeLabels[kind] },
    ...(kind === 'rename' ? [{ label: names.name, value: `${text('name')}(${text('kana')})` }] : []),
    ...(kind === 'reparent' ? [{ label: names.parent, value: review.parent }] : []),
    ...(review.move === undefined ? [] : [{ label: names.target, value: `${review.move.target}(${text('targetCode')})` }]),
    ...(kind === 'split' && isSplitRule(rule)
      ? [
          {
            label: names.splitRule,
            value: `${splitRuleLabels[rule]}:${lines.slice(0, 5).join('、')}${lines.length > 5 ? ` ほか(全${lines.length}行)` : ''}`,
          },
        ]
      : []),
    { label: names.startsOn, value: text('startsOn') },
    { label: names.reason, value: text('reason') },
  ];
}

/** 合併 maps categories: those with the same code or name are chosen already. */
function Categories({ move, values }: { move: MoveReview; values: FormValues }) {
  const options = move.options.map((one) => ({ value: String(one.id), label: `${one.code} ${one.name}` }));
  return (
    <Section title="会員区分の対応">
      {move.used.map((one) => (
        <SelectField
          key={one.id}
          name={categoryMapField(one.id)}
          label={`${one.code} ${one.name}(${one.members}名)の移る先`}
          required
          placeholder="選択してください"
          options={options}
          defaultValue={textOf(values[categoryMapField(one.id)]) ?? (one.becomes === undefined ? '' : String(one.becomes))}
        />
      ))}
    </Section>
  );
}

/** 確認画面 of 組織改編 (`screens.md J-02`): numbers before anything is entered. */
export function ReorganisationReview({ shown, idempotencyKey }: { shown: Shown; idempotencyKey: string }) {
  const { values, review } = shown;
  const kind = textOf(values['kind']) ?? '';
  const { move } = review;
  return (
    <Form method="post">
      <FormGuard idempotencyKey={idempotencyKey} />
      {kept.map((name) => (
        <input key={name} type="hidden" name={name} value={textOf(values[name]) ?? ''} />
      ))}
      <DefinitionTable items={[...(isChangeKind(kind) ? whatOf(shown, kind) : []), ...numbersOf(shown)]} />
      {move !== undefined && move.bothCases > 0 ? (
        <Notice tone="warn" title={`両方の医師会で処理中の届が${move.bothCases}件あります。`}>
          <p>適用日までに完了または取下げ・取消をしてください。残っている間、その会員は移りません。</p>
        </Notice>
      ) : null}
      {move === undefined ? null : <Categories move={move} values={values} />}
      <p className="my-4">
        {move === undefined
          ? '別の担当者が予約すると、適用日に変更され、すべての医師会にお知らせします。これまでの名称と上位医師会は履歴に残ります。'
          : '別の担当者が予約すると、適用日に会員が一人ずつ移り、すべての医師会にお知らせします。適用日より前の会員数と会員歴は変わりません。'}
      </p>
      <Actions>
        <Button variant="primary" name="intent" value="save">
          入力を確定する
        </Button>
        <Button name="intent" value="edit">
          戻る
        </Button>
      </Actions>
    </Form>
  );
}
