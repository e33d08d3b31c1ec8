import { newId } from '#kernel/id.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Context } from '#platform/context.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Route } from './+types/proposal.ts';
import { approveProposal, rejectProposal, withdrawProposal } from '../commands/decide.ts';
import { mergeDuplicates, withdrawMerge } from '../commands/merge.ts';
import { names, stateLabels, stateTones } from '../labels.ts';
import { texts } from '../messages.ts';
import type { ProposalDetail } from '../queries/proposal.ts';
import { proposalDetail } from '../queries/proposal.ts';
import { ProposalActs } from './proposal-acts.tsx';

export const handle = definePage({
  id: 'O-14',
  title: '施設の提案の内容',
  crumb: '提案の内容',
  who: ['office'],
  audit: 'facility.approveProposal',
});

export const meta = () => [{ title: '施設の提案の内容 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { proposal: orThrow(await ask(proposalDetail, contextOf(context), { id: params.id })), key: newId() };
}

const flashes = {
  approved: texts.approved,
  forwarded: texts.forwarded,
  rejected: texts.rejected,
  withdrawn: texts.withdrawn,
  merged: texts.merged,
  planned: texts.planned,
  proposed: '',
} as const;

async function act(ctx: Context, id: string, form: ParsedForm) {
  const input = { ...form.input, id };
  if (form.intent === 'reject') return await run(rejectProposal, ctx, input, form.key);
  if (form.intent === 'merge') return await run(mergeDuplicates, ctx, input, form.key);
  if (form.intent === 'unplan') return await run(withdrawMerge, ctx, input, form.key);
  if (form.intent === 'withdraw') return await run(withdrawProposal, ctx, input, form.key);
  return await run(approveProposal, ctx, input, form.key);
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(proposalDetail, ctx, { id: params.id }));
  const form = await parseForm(request);
  const outcome = await act(ctx, params.id, form);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const said = form.intent === 'unplan' ? texts.unplanned : flashes[outcome.value.state];
  return redirectWithFlash(context, `/office/facilities/proposals/${params.id}`, said);
}

function Head({ proposal }: { proposal: ProposalDetail }) {
  const { decided, planned } = proposal;
  const byWhom = decided === undefined ? '－' : `${formatInstant(decided.at)} ${decided.name}`;
  return (
    <DefinitionTable
      items={[
        { label: names.kind, value: proposal.kind },
        { label: names.state, value: <StateLabel tone={stateTones[proposal.state]}>{stateLabels[proposal.state]}</StateLabel> },
        { label: names.office, value: `${proposal.office} ${proposal.proposedName}` },
        { label: names.at, value: formatInstant(proposal.proposedAt) },
        { label: names.reason, value: <span className="whitespace-pre-wrap">{proposal.reason}</span> },
        { label: names.decider, value: proposal.decider },
        { label: names.decided, value: byWhom },
        { label: names.answer, value: <span className="whitespace-pre-wrap">{decided?.answer || '－'}</span> },
        ...(planned === undefined
          ? []
          : [
              { label: names.mergeOn, value: formatDayPlain(planned.on) },
              { label: names.stays, value: planned.stays },
            ]),
      ]}
    />
  );
}

function Contents({ proposal }: { proposal: ProposalDetail }) {
  const { changes, facilities } = proposal;
  return (
    <>
      {changes.length === 0 ? null : (
        <Section title="変更の内容">
          <Diff caption="変更の内容" changes={changes.map((one) => ({ ...one, changed: true }))} />
        </Section>
      )}
      {facilities.map((facility) => (
        <Section key={facility.id} title={changes.length === 0 ? facility.name : '現在の施設マスタの内容'}>
          <DefinitionTable items={facility.facts} />
        </Section>
      ))}
    </>
  );
}

/** One proposal for the master of facilities: what, why, who decides (`screens.md O-14`). */
export default function ProposalPage({ loaderData, actionData }: Route.ComponentProps) {
  const { proposal, key } = loaderData;
  return (
    <>
      <h1>{proposal.title}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {proposal.left > 0 ? (
        <Notice title={`所属する医師を、残した施設に移しています(残り${proposal.left.toLocaleString('ja-JP')}名)。`} />
      ) : null}
      <Head proposal={proposal} />
      <Contents proposal={proposal} />
      <ProposalActs proposal={proposal} idempotencyKey={key} answer={actionData} />
      <Actions>
        {proposal.listed === undefined ? null : <LinkButton to={`/office/facilities/${proposal.listed}`}>施設の情報を開く</LinkButton>}
        <LinkButton to={proposal.may.review ? '/office/facilities/proposals?tab=review' : '/office/facilities/proposals'} variant="text">
          施設の提案に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
