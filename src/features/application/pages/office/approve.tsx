import { useState } from 'react';
import { data, useFetcher, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refused } from '#kernel/refusal.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FormValues, ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Context } from '#platform/context.ts';
import { LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import type { Route } from './+types/approve.ts';
import type { loader as whatIfLoader } from './what-if.ts';
import { approve } from '../../commands/approve.ts';
import type { Decision } from '../../queries/office-decision.ts';
import { decision } from '../../queries/office-decision.ts';
import { ApproveForm } from './approve-form.tsx';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';
import { TwoPersonsNotice } from './two-persons-notice.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

export const handle = definePage({ id: 'O-06', title: '承認', crumb: '承認', who: ['office'], audit: 'application.approve' });

export const meta = () => [{ title: '承認 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { decision: orThrow(await ask(decision, contextOf(context), { id: params.id })), key: newId() };
}

/** Findings and effects for what was typed; for the proposal where it is no day at all. */
async function look(ctx: Context, id: string, values: FormValues): Promise<Decision> {
  const typed = await ask(decision, ctx, { id, decidedOn: textOf(values['decidedOn']), categoryId: textOf(values['categoryId']) });
  return typed.ok ? typed.value : orThrow(await ask(decision, ctx, { id }));
}

/** A tick says yes to the warnings that stood beside it; with another day it says nothing. */
function confirmedAsShown({ input, values }: ParsedForm): { input: ParsedForm['input']; values: FormValues } {
  const shownFor = textOf(values['confirmedFor']);
  const typed = parseDayInput(textOf(values['decidedOn']) ?? '');
  if (typed === shownFor) return { input, values };
  const { confirmed: _dropped, ...rest } = input;
  const { confirmed: _alsoDropped, ...shown } = values;
  return { input: rest, values: shown };
}

/** The warnings themselves stand beside the tick already. */
function saidOnce(outcome: Refused): Refused {
  const { fields, ...rest } = outcome.refusal;
  const [first] = fields?.['confirmed'] ?? [];
  return fields === undefined || first === undefined ? outcome : refused({ ...rest, fields: { ...fields, confirmed: [first] } });
}

function doneText(done: { nextAssociation: string | null; completed: boolean; waitsForSecond: boolean }): string {
  if (done.waitsForSecond) return '承認しました。もう1名の承認を待っています。';
  if (done.completed) return '承認しました。すべての手続きが完了しました。';
  return done.nextAssociation === null
    ? '承認しました。異動の相手側の承認を待っています。'
    : `承認しました。${done.nextAssociation}へ送付しました。`;
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const [intent, day] = form.intent.split(':');
  const { input, values } = confirmedAsShown(form);
  if (intent !== 'approve') {
    const shown: FormValues = day === undefined ? values : { ...values, decidedOn: day.replaceAll('-', '/') };
    return data({ refusal: undefined, values: shown, decision: await look(ctx, params.id, shown), answer: newId() });
  }
  const outcome = await run(approve, ctx, { ...input, id: params.id }, form.key);
  if (outcome.ok) return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), doneText(outcome.value));
  const answer = refusalData(saidOnce(outcome), values);
  return data({ ...answer.data, decision: await look(ctx, params.id, values), answer: newId() }, answer.init ?? {});
}

export default function Approve({ loaderData, actionData }: Route.ComponentProps) {
  const fetcher = useFetcher<typeof whatIfLoader>();
  const [typing, setTyping] = useState(false);
  // Whoever spoke last: the live answer while somebody types, the answer of the form after a press.
  const latest = (typing ? fetcher.data : undefined) ?? actionData?.decision ?? loaderData.decision;
  const { summary } = loaderData.decision;
  const { search } = useLocation();
  const lookAt = (typed: { decidedOn: string; categoryId: string }) => {
    if (parseDayInput(typed.decidedOn) === undefined) return;
    setTyping(true);
    void fetcher.load(`/office/applications/${summary.id}/what-if?${new URLSearchParams(typed).toString()}`);
  };
  const frame = { summary, word: '承認', action: 'approve', refusal: actionData?.refusal, values: actionData?.values } as const;
  if (loaderData.decision.twoPersons?.mine === true)
    return (
      <DecisionFrame {...frame}>
        <TwoPersonsNotice twoPersons={loaderData.decision.twoPersons} />
        <LinkButton to={caseTo(summary.id, search)}>申請の詳細に戻る</LinkButton>
      </DecisionFrame>
    );
  return (
    <DecisionFrame {...frame}>
      <TwoPersonsNotice twoPersons={loaderData.decision.twoPersons} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <ApproveForm
          decision={{ ...latest, summary }}
          idempotencyKey={loaderData.key}
          answer={actionData?.answer}
          errors={actionData?.refusal?.fields}
          values={actionData?.values}
          onLook={lookAt}
          onSend={() => setTyping(false)}
        />
        <Section title="承認後の見込み">
          <WhatIfPanel whatIf={latest.whatIf} />
        </Section>
      </div>
    </DecisionFrame>
  );
}
