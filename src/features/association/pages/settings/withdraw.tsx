import { newId } from '#kernel/id.ts';
import { formatDay } from '#kernel/wareki.ts';
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
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/withdraw.ts';
import { withdrawSettings } from '../../commands/withdraw-settings.ts';
import { settingsVersion } from '../../queries/settings-version.ts';
import { versionName } from '../../settings-labels.ts';
import { settingsTo } from './version-parts.tsx';

export const handle = definePage({
  id: 'O-21',
  title: '環境設定の予定の取消',
  crumb: '予定の取消',
  who: ['office'],
  roles: ['admin'],
  audit: 'association.withdrawSettings',
});

export const meta = () => [{ title: '環境設定の予定の取消 | MAMIS' }];

/** After a conflict the page shows the present state. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { detail: orThrow(await ask(settingsVersion, contextOf(context), { number: params.version })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(withdrawSettings, contextOf(context), { ...form.input, number: params.version }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, '/office/association-settings', `${versionName(outcome.value.version)}の予定を取り消しました。`);
}

/** 予定を取り消す, with its reason; what has begun cannot be taken back. */
export default function WithdrawSettings({ loaderData, actionData }: Route.ComponentProps) {
  const { detail, key } = loaderData;
  const name = versionName(detail.version);
  return (
    <>
      <h1>{`環境設定 ${name}の予定の取消`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <DefinitionTable
        items={[
          { label: '適用開始日', value: formatDay(detail.startsOn) },
          { label: '変更点', value: detail.changes.join('、') },
          { label: '変更の理由', value: detail.reason },
        ]}
      />
      {detail.mayWithdraw ? (
        <ConfirmPanel
          question={`${name}の予定を取り消します。よろしいですか?`}
          confirm="予定を取り消す"
          cancelTo={settingsTo(detail.version)}
          danger
        >
          <FormGuard idempotencyKey={key} version={detail.revision} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
            <TextArea name="reason" label="取消の理由" required limit={200} rows={3} />
          </FormState>
        </ConfirmPanel>
      ) : (
        <>
          <Notice tone="warn" title="この版は、取り消せる状態ではありません。" />
          <Actions>
            <LinkButton to="/office/association-settings">環境設定に戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
