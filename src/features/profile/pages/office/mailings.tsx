import { Form } from 'react-router';
import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { chosenPlace } from '#features/membership/postal-label.ts';
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
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Route } from './+types/mailings.ts';
import { saveMemberMailing } from '../../commands/save-member-mailing.ts';
import { mailingLabels as labels } from '../../labels.ts';
import { memberMailing } from '../../queries/office-mailing.ts';
import { MailingChoices } from '../mailing-choices.tsx';

export const handle = definePage({
  id: 'O-08',
  title: '会員の送付物',
  crumb: '送付物',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'profile.saveMemberMailing',
});

export const meta = () => [{ title: '会員の送付物 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const { head, choice, places, mailings } = orThrow(await ask(memberMailing, contextOf(context), { id: params.id }));
  const place = chosenPlace(places, choice.affiliationId)?.name ?? '';
  return {
    head,
    key: newId(),
    mailings,
    sendTo: choice.sendTo === 'home' ? labels.home : place === '' ? labels.facility : `${labels.facility}(${place})`,
    faxTo: labels.faxOf[choice.faxTo] ?? '',
  };
}

/** After a conflict the form shows what stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(saveMemberMailing, contextOf(context), { id: params.id, choices: form.input['choices'] }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/members/${params.id}/mailings`, '変更しました。');
}

/** 送付物 of one member: as he set it, and as the office changes it at his request for the mailings of the own association. */
export default function MemberMailings({ loaderData, actionData }: Route.ComponentProps) {
  const { head, mailings, sendTo, faxTo, key } = loaderData;
  return (
    <MemberFrame head={head} current="mailings">
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title="送付先">
        <p>ご本人がマイページの「送付物設定」で選んだ送付先です。</p>
        <DefinitionTable
          items={[
            { label: labels.rows[0].label, value: sendTo },
            { label: labels.rows[1].label, value: faxTo },
          ]}
        />
      </Section>
      <Section title={labels.single}>
        {mailings.length === 0 ? (
          <EmptyState>この会員にお送りする送付物は、登録されていません。管理者が「送付物・会員区分設定」で登録します。</EmptyState>
        ) : (
          <Form method="post" key={mailings.map((one) => one.sendTo).join(' ')}>
            <p>ご本人から依頼があったときに変更します。変更すると、ご本人にメールでお知らせします。</p>
            <FormGuard idempotencyKey={key} />
            <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
              <MailingChoices mailings={mailings} />
            </FormState>
            <Actions>
              <Button variant="primary">変更する</Button>
            </Actions>
          </Form>
        )}
      </Section>
    </MemberFrame>
  );
}
