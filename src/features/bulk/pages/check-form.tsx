import { useEffect, useRef, useState } from 'react';
import { Form } from 'react-router';
import type { FieldErrors } from '#kernel/refusal.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState, textsOf } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { bulkWord } from '../labels.ts';
import type { Check } from '../queries/check.ts';
import { mostRows } from '../schema.ts';
import { CheckTable } from './check-table.tsx';
import { CommonFields } from './common-fields.tsx';

type Props = {
  check: Check;
  idempotencyKey: string;
  errors: FieldErrors | undefined;
  values: FormValues | undefined;
  retryOf: string;
  conditions: string;
  back: string;
};

/** Ids that are ticked when the page is shown. */
function tickedAtFirst(check: Check, values: FormValues | undefined): ReadonlySet<string> {
  if (values === undefined || values['fresh'] !== undefined)
    return new Set(check.rows.filter((row) => row.level === 'go').map((row) => row.id));
  const sent = new Set([...textsOf(values['row']), ...textsOf(values['confirm'])]);
  return new Set(check.rows.filter((row) => row.level !== 'stop' && sent.has(row.id)).map((row) => row.id));
}

/** How many boxes are ticked now; without script as many as when the page was made. */
function useTicks(first: number) {
  const form = useRef<HTMLFormElement>(null);
  const [count, setCount] = useState(first);
  useEffect(() => {
    const { current } = form;
    if (current === null) return undefined;
    const read = () => setCount(current.querySelectorAll('input[data-select]:checked').length);
    read();
    current.addEventListener('change', read);
    return () => current.removeEventListener('change', read);
  }, []);
  return { form, count };
}

/** Page 1 of 一括操作: common input, every row with what will happen, and the button that says how many. */
export function CheckForm({ check, idempotencyKey, errors, values, retryOf, conditions, back }: Props) {
  const first = tickedAtFirst(check, values);
  const { form, count } = useTicks(first.size);
  const word = bulkWord(check.action);
  const danger = check.action === 'cancel';
  // Where every row is set aside for good the button could only be refused.
  const possible = check.rows.some((row) => row.level !== 'stop');
  return (
    <Form method="post" action="/office/applications/bulk" ref={form}>
      <DefaultSubmit value="check" />
      <FormGuard idempotencyKey={idempotencyKey} />
      <input type="hidden" name="action" value={check.action} />
      <input type="hidden" name="checkedFor" value={check.checkedFor} />
      <input type="hidden" name="retryOf" value={retryOf} />
      <input type="hidden" name="conditions" value={conditions} />
      <input type="hidden" name="shown" value={check.rows.map((row) => `${row.id}:${row.version}`).join(' ')} />
      <FormState errors={errors} values={values}>
        <CommonFields check={check} />
      </FormState>
      <p>{`${check.rows.length}件を選択しています(一度に${mostRows}件まで)。内容を確認し、対象から外す申請のチェックを外してください。`}</p>
      <CheckTable rows={check.rows} ticked={first} />
      <Actions>
        {possible ? (
          <Button variant={danger ? 'danger' : 'primary'} name="intent" value="run">
            {`${count}件を${word}する`}
          </Button>
        ) : null}
        {check.action === 'approve' ? (
          <Button name="intent" value="check">
            内容を確認する
          </Button>
        ) : null}
        <LinkButton to={back}>申請一覧へ</LinkButton>
      </Actions>
    </Form>
  );
}
