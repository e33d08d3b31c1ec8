import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import type { Route } from './+types/objection.ts';
import { object } from '../../commands/object.ts';
import { myApplication } from '../../queries/my-application.ts';

export const handle = definePage({
  id: 'D-07',
  title: '心当たりがない場合',
  crumb: '心当たりがない場合',
  who: ['doctor'],
  audit: 'application.object',
});

export const meta = () => [{ title: '心当たりがない場合 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const view = orThrow(await ask(myApplication, contextOf(context), { id: params.id }));
  if (view.entered === undefined || view.entered.objected || !view.may.includes('object')) throw redirect(`/my/applications/${view.id}`);
  return { id: view.id, paper: view.paper, number: view.number, office: view.entered.office, key: newId() };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(object, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/my/applications/${params.id}`, '異議を申し出ました。審査は止まります。');
}

export default function ObjectionPage({ loaderData, actionData }: Route.ComponentProps) {
  const { id, paper, number, office, key } = loaderData;
  return (
    <>
      <h1>心当たりがない場合</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>{`${office}が代理で入力した${paper}(受付番号 ${number})に心当たりがない場合は、お申し出ください。審査が止まり、関わるすべての医師会に通知されます。`}</p>
      <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
        <ConfirmPanel
          question="この代理申請に心当たりがないことを申し出ます。よろしいですか?"
          confirm="申し出る"
          cancelTo={`/my/applications/${id}`}
          danger
        >
          <FormGuard idempotencyKey={key} />
          <TextArea name="note" label="異議の内容" limit={500} hint="任意。例:引き続き勤務しており、退会の希望はありません。" />
        </ConfirmPanel>
      </FormState>
    </>
  );
}
