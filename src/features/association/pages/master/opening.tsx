import { Form } from 'react-router';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { RefusedForm } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { awaitsFirstDay } from '../../flow.ts';
import { masterNames as names } from '../../master-fields.ts';
import type { MasterDetail } from '../../queries/master.ts';

type Props = { detail: MasterDetail; state: RefusedForm | undefined; idempotencyKey: string };

function TakeBack({ state, idempotencyKey }: Omit<Props, 'detail'>) {
  return (
    <Form method="post">
      <FormGuard idempotencyKey={idempotencyKey} />
      <FormState errors={state?.refusal.fields} values={state?.values}>
        <TextArea
          name="withdrawalReason"
          label={names.withdrawalReason}
          required
          hint="取り消した医師会は「取消」として残り、医師会コードは再び使えません。"
          limit={200}
          rows={3}
        />
      </FormState>
      <Actions>
        <Button variant="danger" name="intent" value="withdrawOpening">
          予約を取り消す
        </Button>
      </Actions>
    </Form>
  );
}

/** 設立 of an association before its day (`screens.md J-02`): it is taken back here, or was. */
export function Opening({ detail, state, idempotencyKey }: Props) {
  const { row, withdrawal, mayTakeBack } = detail;
  if (withdrawal !== undefined)
    return (
      <Section title="設立の予約">
        <p>設立の予約は取り消されました。この医師会は設立されていません。</p>
        <DefinitionTable
          items={[
            { label: names.opensOn, value: `${formatDayPlain(withdrawal.opensOn)}(予定していた日)` },
            { label: names.withdrawalReason, value: withdrawal.reason },
            { label: '取り消した人', value: `${withdrawal.withdrawnName} ${formatInstant(withdrawal.withdrawnAt)}` },
          ]}
        />
      </Section>
    );
  if (!awaitsFirstDay(row.state)) return null;
  return (
    <Section title="設立の予約">
      <p>{`${formatDayPlain(row.opensOn)}に設立されます。設立日の前であれば、予約を取り消せます。`}</p>
      {mayTakeBack ? <TakeBack state={state} idempotencyKey={idempotencyKey} /> : null}
    </Section>
  );
}
