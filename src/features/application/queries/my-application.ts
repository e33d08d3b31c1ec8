import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { associationsById, codeList, pinnedSettings } from '#features/association/queries/directory.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { transferForm } from '../forms.ts';
import { dateNames, wishName } from '../date-rules.ts';
import { shownDayOf } from '../effects.ts';
import type { JoinShown } from '../fields.ts';
import { joinFields } from '../fields.ts';
import type { StepState } from '../flow.ts';
import { isDraft, isUndecided } from '../flow.ts';
import { actionLabel, kindLabel, legName, paperName, roleForApplicant, stepLabel } from '../labels.ts';
import { decisionWords, fieldNames, targetTitles, texts } from '../messages.ts';
import type { MyStep } from '../my.store.server.ts';
import { findEnding, findSubmittedAt, listMessages, listSteps } from '../my.store.server.ts';
import { listMessageFiles } from '../papers.store.server.ts';
import { actionsFor } from '../policy.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { listFollowable } from '../linked.store.server.ts';
import { readLink } from './linked-cases.ts';
import { loadCaseShown } from './case-shown.ts';
import { readGround } from './filer.ts';
import { correctionPage } from './draft-facts.ts';
import { requestsOf } from './join-requests.ts';
import { ballsOf, ballSentence, stateText } from './my-progress.ts';
import { usualTimesOf } from './usual-times.ts';
import { appliedSettings } from '../settings-labels.ts';

/** D-07 申請の詳細と進み具合: everything about one own case, the same facts as the offices see but their memos. */

export type StepLine = {
  key: string;
  title: string;
  category: string;
  state: string;
  look: 'done' | 'current' | 'waiting' | 'stopped';
  facts: readonly { label: string; value: string }[];
  /** 「目安:{n}営業日」 while the office has not decided. */
  usual: string | undefined;
};

const looks: Record<StepState, StepLine['look']> = {
  waiting: 'waiting',
  arrived: 'current',
  received: 'current',
  returned: 'current',
  approved: 'done',
  acknowledged: 'done',
  rejected: 'stopped',
  skipped: 'waiting',
};

/** `usual`: working days that the office usually takes. */
function stepLine(
  { kind }: Pick<Case, 'kind'>,
  { step, steps }: { step: MyStep; steps: readonly MyStep[] },
  usual: number | undefined,
): StepLine {
  const decidedOn = shownDayOf(kind, steps, step);
  const at = step.decidedAt ?? step.receivedAt ?? step.arrivedAt;
  const facts = [
    { label: fieldNames.role, value: roleForApplicant(step.role) },
    ...(decidedOn === null ? [] : [{ label: dateNames[step.leg], value: formatDayPlain(decidedOn) }]),
    ...(at === null
      ? []
      : [
          {
            label:
              step.decidedAt === null ? (step.receivedAt === null ? fieldNames.arrivedOn : fieldNames.receivedOn) : fieldNames.decidedOn,
            value: formatDayPlain(dayOfInstant(at)),
          },
        ]),
  ];
  return {
    key: step.id,
    title: step.associationName,
    category: [kind === 'transfer' ? legName(step.leg) : '', step.decidedCategory ?? step.wishedCategory ?? '']
      .filter((text) => text !== '')
      .join(' '),
    state: stepLabel(step.state, step.role),
    look: looks[step.state],
    facts,
    usual: usual === undefined || step.role !== 'decide' || !isUndecided(step.state) ? undefined : texts.usualTime(usual),
  };
}

async function endingOf(tx: ReadTransaction, id: string, on: Day) {
  const ending = await findEnding(tx, id);
  if (ending === undefined) return undefined;
  const labels = new Map(
    (await codeList(tx, ending.action === 'reject' ? 'reason.reject' : 'reason.cancel', on)).map((row) => [row.code, row.label]),
  );
  return {
    action: actionLabel(ending.action),
    officeName: ending.officeName,
    message: ending.message,
    at: formatInstant(ending.at),
    reasons: ending.reasons.map((code) => labels.get(code) ?? code),
  };
}

async function threadOf(tx: ReadTransaction, id: string) {
  const files = await listMessageFiles(tx, id);
  return (await listMessages(tx, id)).map((row) => ({
    id: row.id,
    from: row.ownMessage ? texts.ofApplicant(row.authorName) : `${row.authorOffice} ${row.authorName}`,
    at: formatInstant(row.at),
    body: row.body,
    own: row.ownMessage,
    files: files.get(row.id) ?? [],
  }));
}

async function shownOf(
  tx: ReadTransaction,
  target: Case,
  around: { pins: readonly PinnedSettings[]; on: Day },
): Promise<JoinShown | undefined> {
  return await loadCaseShown(tx, {
    kind: target.kind,
    form: target.form,
    applicationId: target.id,
    settings: around.pins.map((pin) => pin.settings),
    on: around.on,
  });
}

function contentLines(shown: JoinShown) {
  return joinFields(shown).map((field) => ({ code: field.code, label: field.label, group: field.group, lines: field.lines(shown) }));
}

/** The wish with what was decided instead: 「入会希望年月日 2026/04/01 ／ 入会日 2026/04/20({医師会名})」 */
function wishOf(target: Case, steps: readonly MyStep[]): { label: string; lines: string[] } | undefined {
  if (target.wishedOn === null) return undefined;
  const words = decisionWords[target.kind];
  const decided = steps.flatMap((step) =>
    step.decidedOn === null ? [] : [`${dateNames[step.leg]} ${formatDayPlain(step.decidedOn)}(${step.associationName})`],
  );
  return {
    label: texts.wishAndDecision(wishName(target.kind), words.decided),
    lines: [`${wishName(target.kind)} ${formatDayPlain(target.wishedOn)}`, ...decided, words.note],
  };
}

/** Which office entered the case for the doctor, why, and whether he has objected; undefined for his own paper. */
async function enteredBy(tx: ReadTransaction, ctx: Context, target: Case) {
  const ground = await readGround(tx, ctx, target);
  if (ground === undefined || target.proxyAssociationId === null) return undefined;
  const [office] = await associationsById(tx, [target.proxyAssociationId], ctx.today);
  return {
    office: office?.name ?? '',
    ground: ground[0]?.lines.join('、') ?? '',
    objected: target.objectedAt !== null,
    heldUntil: target.held === undefined || ctx.today >= target.held.until ? undefined : formatDayPlain(target.held.until),
  };
}

/** いまの担当: of a transfer one of each side. */
function holders({ state }: Case, steps: readonly MyStep[], today: Day) {
  return ballsOf(state, steps).map((ball) => {
    const { associationName, tel, mail } = ball;
    return { sentence: ballSentence(ball, today), associationName, tel, mail };
  });
}

function leavesByItself({ kind, form }: Case): boolean {
  return kind === 'transfer' && transferForm.safeParse(form).data?.leaveApart === true;
}

export const myApplication = query({
  name: 'application.own',
  input: z.object({ id: idInput }),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined || isDraft(target.state)) return undefined;
    const submittedAt = await findSubmittedAt(tx, input.id);
    const steps = await listSteps(tx, [input.id], ctx.today);
    const pins = await pinnedSettings(
      tx,
      steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })),
    );
    const submittedOn = submittedAt === null ? ctx.today : dayOfInstant(submittedAt);
    const shown = await shownOf(tx, target, { pins, on: submittedOn });
    const usual = await usualTimesOf(tx, { associationIds: steps.map((step) => step.associationId), kind: target.kind });
    return {
      id: target.id,
      personId: target.personId,
      version: target.version,
      number: target.number ?? '',
      kind: kindLabel(target.kind, target.state),
      paper: paperName(target.kind),
      state: target.state,
      stateText: stateText({ state: target.state, steps }, { reader: 'doctor', today: ctx.today }),
      submittedAt: submittedAt === null ? '' : formatInstant(submittedAt),
      wish: wishOf(target, steps),
      balls: holders(target, steps, ctx.today),
      approvedBy: steps.filter((step) => step.decidedOn !== null).map((step) => step.associationName),
      steps: steps.map((step) => stepLine(target, { step, steps }, usual.get(step.associationId))),
      requests: shown === undefined ? undefined : await requestsOf(tx, target, { shown, on: ctx.today }),
      correctAt: correctionPage[target.kind],
      againTo: `/my/applications/${target.kind}?from=${target.id}`,
      link: await readLink(tx, ctx, target.id),
      /** 異動先未定の異動届: 入会届 may follow it. */
      followable: (await listFollowable(tx, target.personId)).some((one) => one.id === target.id),
      /** The leave of the old memberships is still to be asked for. */
      leaveApart: leavesByItself(target),
      ending: await endingOf(tx, target.id, ctx.today),
      messages: await threadOf(tx, target.id),
      content: shown === undefined ? [] : contentLines(shown),
      choices: shown?.choices ?? [],
      choicesTitle: targetTitles[target.kind],
      papers: shown?.papers ?? [],
      settings: appliedSettings(target.kind, steps, pins),
      entered: await enteredBy(tx, ctx, target),
      may: actionsFor(ctx.actor, target),
    };
  },
  audit: (value) => ({ action: 'application.viewed', personIds: [value.personId], target: value.id }),
});

export type MyApplication = NonNullable<Awaited<ReturnType<typeof myApplication.read>>>;
