import { data } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/delete.ts';
import { removeChosen } from '../commands/remove-chosen.ts';
import { chosenStaff } from '../queries/staff-list.ts';
import { chosenInput } from '../schema.ts';

export const handle = definePage({
  id: 'O-17',
  title: '事務局ユーザーの削除',
  crumb: '削除',
  who: ['office'],
  roles: ['admin'],
  audit: 'staff.delete',
});

export const meta = () => [{ title: '事務局ユーザーの削除 | MAMIS' }];

const listTo = '/office/staff-members';

export async function loader({ context, request }: Route.LoaderArgs) {
  const ids = new URL(request.url).searchParams.getAll('id');
  return { rows: orThrow(await ask(chosenStaff, contextOf(context), { ids })), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const chosen = chosenInput.safeParse(form.input);
  if (!chosen.success) throw data({}, { status: 400 });
  const { done, refusals } = await removeChosen(contextOf(context), chosen.data.items, form.key);
  if (refusals.length === 0) return redirectWithFlash(context, listTo, '削除しました。');
  return data({ done, refusals }, { status: 409 });
}

type Row = Route.ComponentProps['loaderData']['rows'][number];

const nameOf = (row: Row) => `${row.surname} ${row.givenName}`;

/** Rows as they were seen, for the commands. */
function Hidden({ rows }: { rows: readonly Row[] }) {
  return rows.map((row, place) => (
    <span key={row.id}>
      <input type="hidden" name={`items.${place}.id`} value={row.id} />
      <input type="hidden" name={`items.${place}.version`} value={row.version} />
      {row.state === undefined ? <input type="hidden" name={`items.${place}.invited`} value="1" /> : null}
    </span>
  ));
}

/** Asks once more (O-17); without a choice it leads back. */
export default function DeleteStaff({ loaderData: { rows, key }, actionData }: Route.ComponentProps) {
  const reasons = [...new Set(actionData?.refusals.map((one) => one.message) ?? [])];
  return (
    <>
      <h1>事務局ユーザーの削除</h1>
      {actionData === undefined ? null : (
        <div role="alert">
          <Notice
            tone="error"
            title={actionData.done > 0 ? `${actionData.done}名を削除しました。次の方は削除していません。` : '削除できませんでした。'}
          >
            {reasons.join(' ')}
          </Notice>
        </div>
      )}
      {rows.length === 0 ? (
        <>
          <Notice tone="warn" title="削除するユーザーが選択されていません。" />
          <Actions>
            <LinkButton to={listTo}>事務局ユーザー一覧に戻る</LinkButton>
          </Actions>
        </>
      ) : (
        <ConfirmPanel question={`${rows.map(nameOf).join('、')}を削除します。よろしいですか?`} confirm="削除する" cancelTo={listTo} danger>
          <p>削除した方は、すぐにログインできなくなります。これまでの操作の記録は、お名前とともに残ります。</p>
          <FormGuard idempotencyKey={key} />
          <Hidden rows={rows} />
        </ConfirmPanel>
      )}
    </>
  );
}
