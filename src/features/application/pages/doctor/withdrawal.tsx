import { redirect, useSearchParams } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/withdrawal.ts';
import { withdrawalDoor, withdrawalStart } from '../../queries/withdrawal-start.ts';
import { revalidateAfterAction } from './revalidate.ts';
import { actOnWithdrawal } from './withdrawal-action.ts';
import { WithdrawalForm } from './withdrawal-form.tsx';
import { confirmStep, FirstMessage, formStep, NoMembership, SecondMessage } from './withdrawal-messages.tsx';
import { WithdrawalHead } from './withdrawal-parts.tsx';

export const handle = definePage({
  id: 'D-11',
  title: '退会届',
  crumb: '退会届',
  who: ['doctor'],
  audit: 'application.saveWithdrawal',
  limits: { bodyBytes: 32 * 1024 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '退会届 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { searchParams } = new URL(request.url);
  const door = orThrow(await ask(withdrawalDoor, ctx, {}));
  if (!door.member && searchParams.has('step')) throw redirect('/my/applications/withdrawal');
  const start =
    searchParams.get('step') === formStep ? orThrow(await ask(withdrawalStart, ctx, { from: searchParams.get('from') ?? '' })) : undefined;
  return { door, start, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request }: Route.ActionArgs) {
  return await actOnWithdrawal(context, undefined, await parseForm(request));
}

export default function WithdrawalPage({ loaderData, actionData }: Route.ComponentProps) {
  const { door, start, key } = loaderData;
  const [search] = useSearchParams();
  const from = search.get('from') ?? '';
  if (start !== undefined) {
    return <WithdrawalForm view={start} guardKey={key} refusal={actionData?.refusal} values={actionData?.values} faults={undefined} />;
  }
  return (
    <>
      <WithdrawalHead current={0} />
      {!door.member ? (
        <NoMembership />
      ) : search.get('step') === confirmStep ? (
        <SecondMessage from={from} />
      ) : (
        <FirstMessage waiver={door.waiver} from={from} />
      )}
    </>
  );
}
