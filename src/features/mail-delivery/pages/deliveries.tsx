import { Form } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { parseForm } from '#platform/http/form.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/deliveries.ts';
import { tendMail } from '../commands/tend.ts';
import { deliveryLabels, templateLabel, templateNames, words } from '../labels.ts';
import type { DeliveryLine } from '../queries/deliveries.ts';
import { asQueue, deliveries } from '../queries/deliveries.ts';
import { deliveries as states } from '../rules.ts';

export const handle = definePage({
  id: 'P-08',
  title: 'メール送信状況',
  crumb: 'メール送信状況',
  who: ['operations'],
  audit: { none: 'addresses are masked, bodies are not shown' },
  list: true,
});

export const meta = () => [{ title: 'メール送信状況 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(deliveries, asQueue(contextOf(context)), request.url);
  return { found: value, values, errors };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const done = await tendMail(contextOf(context), { intent: form.intent, id: form.input['id'] });
  return done.ok ? redirectWithFlash(context, `/operations/mails${new URL(request.url).search}`, done.value) : refusalData(done, {});
}

const acts = { resend: '再送する', stop: '中止する' } as const;

function Acts({ line }: { line: DeliveryLine }) {
  if (line.may.length === 0) return <>－</>;
  return (
    <Form method="post">
      <input type="hidden" name="id" value={line.id} />
      {line.may.map((act) => (
        <Button key={act} size="small" name="intent" value={act} aria-label={`${line.template} ${formatInstant(line.at)} を${acts[act]}`}>
          {acts[act]}
        </Button>
      ))}
    </Form>
  );
}

const columns: readonly Column<DeliveryLine>[] = [
  { key: 'at', head: '日時', nowrap: true, rowHeader: true, cell: (line) => formatInstant(line.at) },
  { key: 'template', head: words.template, cell: (line) => templateLabel(line.template) },
  { key: 'to', head: '宛先', cell: (line) => line.to || '(不正な宛先)' },
  { key: 'state', head: words.state, nowrap: true, cell: (line) => deliveryLabels[line.delivery] },
  { key: 'attempts', head: '回数', nowrap: true, cell: (line) => String(line.attempts) },
  { key: 'reason', head: '理由', cell: (line) => line.reason || '－' },
  { key: 'acts', head: '操作', nowrap: true, cell: (line) => <Acts line={line} /> },
];

const templateOptions = Object.keys(templateNames).map((value) => ({ value, label: templateLabel(value) }));

const stateOptions = states.map((value) => ({ value, label: deliveryLabels[value] }));

/** P-08: what became of the mails. */
export default function Deliveries({ loaderData: { found, values, errors }, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>メール送信状況</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <FormState errors={errors} values={values}>
        <FilterPanel keep={['size']}>
          <SelectField name="state" label={words.state} placeholder="すべて" options={stateOptions} />
          <SelectField name="template" label={words.template} placeholder="すべて" options={templateOptions} />
          <FromTo>
            <DateField name="from" label={words.from} plain />
            <DateField name="to" label={words.to} plain />
          </FromTo>
        </FilterPanel>
      </FormState>
      <ListBar>
        <PageSize size={found.size} />
      </ListBar>
      <DataTable caption="メール送信状況" columns={columns} rows={found.rows} rowKey={(line) => line.id} />
      <ListBar>
        <KeysetPager after={found.after} />
      </ListBar>
    </>
  );
}
