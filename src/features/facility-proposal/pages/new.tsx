import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { proposeNew } from '../commands/propose.ts';
import { names } from '../labels.ts';
import { texts } from '../messages.ts';
import { alikeFacilities, newStart } from '../queries/forms.ts';
import { FacilityFields } from './facility-fields.tsx';

export const handle = definePage({
  id: 'O-14',
  title: '新しい施設の提案',
  crumb: '新しい施設の提案',
  who: ['office'],
  layers: [2, 3, 4],
  audit: 'facility.proposeNew',
});

export const meta = () => [{ title: '新しい施設の提案 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const from = new URL(request.url).searchParams.get('from') ?? '';
  return { start: orThrow(await ask(newStart, contextOf(context), { from })), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const outcome = await run(proposeNew, ctx, form.input, form.key);
  if (outcome.ok) return redirectWithFlash(context, `/office/facilities/proposals/${outcome.value.id}`, texts.proposed);
  const refused = refusalData(outcome, form.values);
  const looked = 'distinct' in (outcome.refusal.fields ?? {}) ? await ask(alikeFacilities, ctx, form.input) : undefined;
  return data({ ...refused.data, alike: looked?.ok === true ? looked.value : [] }, refused.init ?? {});
}

type Alike = { id: string; name: string; note: string };

/** What is there already under this name or number: shown before the same is proposed once more. */
function AlikeFacilities({ rows }: { rows: readonly Alike[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <Notice tone="warn" title="同じ名称または電話番号の施設が登録されています">
        <ul>
          {rows.map((row) => (
            <li key={row.id}>{`${row.name} ${row.note}`}</li>
          ))}
        </ul>
      </Notice>
      <Checkbox name="distinct" label={names.distinct} />
    </>
  );
}

/** 新しい施設を提案する (`screens.md O-14`). */
export default function ProposeNew({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  return (
    <>
      <h1>新しい施設の提案</h1>
      <p>都道府県医師会が承認すると、施設マスタに登録され、医師が所属施設として選べるようになります。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={{ ...start.filled, ...actionData?.values }}>
          {start.filled.candidateId === undefined ? null : <input type="hidden" name="candidateId" value={start.filled.candidateId} />}
          <FacilityFields choices={start.choices} />
          <AlikeFacilities rows={actionData?.alike ?? []} />
        </FormState>
        <Actions>
          <Button variant="primary">提案する</Button>
          <LinkButton to="/office/facilities/proposals">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
