import { data } from 'react-router';
import { newId } from '#kernel/id.ts';
import { refuse } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import type { Route } from './+types/member.ts';
import { changeMember, endMemberSessions } from '../commands/change-member.ts';
import { handOver } from '../commands/hand-over.ts';
import { issueInitialPassword } from '../commands/initial-password.ts';
import { liftSecondFactor } from '../commands/lift-factor.ts';
import { resendInvitation } from '../commands/manage-invitation.ts';
import { staffDetail } from '../queries/staff-list.ts';
import { InitialPasswordShown, InvitationForms, MemberForms } from './member-forms.tsx';

export const handle = definePage({
  id: 'O-17',
  title: '事務局ユーザーの編集',
  crumb: '編集',
  who: ['office'],
  roles: ['admin'],
  audit: 'staff.viewed',
});

export const meta = () => [{ title: '事務局ユーザーの編集 | MAMIS' }];

/** After a conflict the page shows the present state. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  return { detail: orThrow(await ask(staffDetail, ctx, { id: params.id })), today: ctx.today, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  const here = `/office/staff-members/${params.id}`;
  switch (form.intent) {
    case 'save': {
      const outcome = await run(changeMember, ctx, input, form.key);
      return outcome.ok ? redirectWithFlash(context, '/office/staff-members', '保存しました。') : refusalData(outcome, form.values);
    }
    case 'resend': {
      const outcome = await run(resendInvitation, ctx, input, form.key);
      return outcome.ok ? redirectWithFlash(context, here, '招待メールを送信しました。') : refusalData(outcome, form.values);
    }
    case 'end-sessions': {
      const outcome = await run(endMemberSessions, ctx, input, form.key);
      if (!outcome.ok) return refusalData(outcome, form.values);
      return redirectWithFlash(context, here, `ログイン中の端末を${outcome.value.ended}件終了しました。`);
    }
    case 'lift-factor': {
      const outcome = await run(liftSecondFactor, ctx, input, form.key);
      return outcome.ok ? redirectWithFlash(context, here, '2段階認証を解除しました。') : refusalData(outcome, form.values);
    }
    case 'hand-over': {
      const outcome = await run(handOver, ctx, form.input, form.key);
      if (!outcome.ok) return refusalData(outcome, form.values);
      return redirectWithFlash(context, here, `${outcome.value.name} 様に引き継ぎました。`);
    }
    case 'initial-password': {
      const outcome = await issueInitialPassword(ctx, { id: params.id, version: form.input['version'] });
      return outcome.ok ? data(outcome.value) : refusalData(outcome, form.values);
    }
    default:
      // A button that the page does not have: only whoever may see the page is told so.
      orThrow(await ask(staffDetail, ctx, { id: params.id }));
      return refusalData(refuse('conflict'), form.values);
  }
}

/** Edit of a staff member, or what can be done about an invitation (O-17). */
export default function StaffMember({ loaderData, actionData }: Route.ComponentProps) {
  const { detail } = loaderData;
  const name = `${detail.row.surname} ${detail.row.givenName}`;
  if (actionData !== undefined && 'initialPassword' in actionData) return <InitialPasswordShown name={name} {...actionData} />;
  return (
    <>
      <h1>{detail.row.state === undefined ? `${name} 様への招待` : `${name} 様の編集`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {detail.row.state === undefined ? (
        <InvitationForms detail={detail} idempotencyKey={loaderData.key} />
      ) : (
        <MemberForms detail={detail} today={loaderData.today} idempotencyKey={loaderData.key} refused={actionData} />
      )}
    </>
  );
}
