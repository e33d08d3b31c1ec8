import { Form } from 'react-router';
import { formatDay } from '#kernel/wareki.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { SettingsReview } from '../../queries/settings-plan.ts';
import { settingsNotice, versionName } from '../../settings-labels.ts';
import type { SettingsValues } from './form-values.ts';
import { carried } from './form-values.ts';
import { Changes, Sentences } from './version-parts.tsx';

type Props = {
  review: SettingsReview;
  revision: number;
  idempotencyKey: string;
  values: SettingsValues;
  errors: FieldErrors | undefined;
};

/** 確認画面: what changes, what it means in sentences, and what stays as it is. */
export function ReviewPanel({ review, revision, idempotencyKey, values, errors }: Props) {
  const changed = review.changes.filter((line) => line.changed);
  return (
    <>
      <Notice title={settingsNotice}>
        <p>{`処理中の届 ${review.openCases.toLocaleString('ja-JP')}件 は現在の設定のままです。`}</p>
      </Notice>
      <Section title="概要">
        <DefinitionTable
          items={[
            { label: '適用開始日', value: formatDay(review.startsOn) },
            { label: '変更の理由', value: review.reason },
          ]}
        />
      </Section>
      <Section title={review.base === undefined ? '変更点' : `変更点(${versionName(review.base.version)}から)`}>
        <Changes caption="変更の内容" changes={changed} />
      </Section>
      <Section title="この版の設定">
        <DefinitionTable items={review.changes.map(({ label, after }) => ({ label, value: <Sentences lines={after} /> }))} />
      </Section>
      <Form method="post">
        <FormGuard idempotencyKey={idempotencyKey} version={revision} />
        {carried(values).map(({ name, value }, place) => (
          <input key={`${name} ${place + 1}`} type="hidden" name={name} value={value} />
        ))}
        <FormState errors={errors} values={values}>
          {review.later === undefined ? null : (
            <Notice tone="warn" title={review.later}>
              <Checkbox name="confirmed" label="内容を確認しました" required />
            </Notice>
          )}
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="save">
            登録する
          </Button>
          <Button name="intent" value="edit">
            戻る
          </Button>
          <Button formAction="/office/association-settings/trial" name="intent" value="try">
            過去1年の申請で試す
          </Button>
        </Actions>
      </Form>
    </>
  );
}
