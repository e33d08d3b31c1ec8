import type { Day } from '#kernel/day.ts';
import { dayOfInstant, daysBetween, laterDay } from '#kernel/day.ts';
import { leavingsIn } from '#features/membership/queries/member-ledger.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OfficeStep, OtherCase, ThreadNote } from '../detail.store.server.ts';
import { findHead, listActs, listMemos, listOfficeSteps, listOtherOpen, listThread } from '../detail.store.server.ts';
import type { ApplicationKind, ApplicationState } from '../flow.ts';
import { isAtOffice, isOpen, isWithOffices } from '../flow.ts';
import type { Action } from '../policy.ts';
import { actionsFor } from '../policy.ts';
import { applicationIdInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import { officeOf, officeOnly, scopeOf } from './inbox.ts';
import type { Applicant } from './office-applicant.ts';
import { readApplicant, waiverOf } from './office-applicant.ts';
import type { OfficeContent } from './office-content.ts';
import { readContent } from './office-content.ts';
import { caseFindings } from './office-findings.ts';
import type { HistoryLine } from './office-history.ts';
import { historyOf } from './office-history.ts';
import type { WhatIf } from './what-if.ts';
import { readWhatIf } from './what-if.ts';

export type CaseStepView = OfficeStep & {
  own: boolean;
  /** Days the case has been lying there; undefined unless the ball is there. */
  days: number | undefined;
};

export type CaseSummary = {
  id: string;
  personId: string;
  version: number;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  submittedAt: Date | undefined;
  wishedOn: Day | null;
  /** Our own date lies ahead. */
  aheadOn: Day | undefined;
  attention: boolean;
  attentionReason: string;
  proxyAssociation: string | undefined;
  late: boolean;
  lateDays: number;
  /** As the case itself has kept them. */
  name: string;
  kana: string;
  licence: string;
  steps: CaseStepView[];
  own: CaseStepView;
  may: Action[];
};

export type OfficeApplication = CaseSummary & {
  applicant: Applicant | undefined;
  findings: string[];
  content: OfficeContent;
  settings: { associationName: string; version: number; startsOn: Day }[];
  messages: ThreadNote[];
  memos: ThreadNote[];
  history: HistoryLine[];
  otherCases: OtherCase[];
  /** 承認後の見込み with the wished day (or the day from below); undefined when the case has ended. */
  whatIf: WhatIf | undefined;
};

/** Head, steps and possible actions of a case: what every page of O-06 begins with. Undefined out of scope. */
export async function readSummary(tx: ReadTransaction, ctx: Context, target: Case): Promise<CaseSummary | undefined> {
  const head = await findHead(tx, ctx.actor, target.id);
  const { lateDays } = await scopeOf(tx, ctx);
  const office = officeOf(ctx);
  const steps = (await listOfficeSteps(tx, target.id)).map((step): CaseStepView => ({
    ...step,
    own: step.associationId === office.associationId,
    days: isAtOffice(step.state) && step.arrivedAt !== null ? daysBetween(dayOfInstant(step.arrivedAt), ctx.today) : undefined,
  }));
  const own = steps.find((step) => step.own);
  if (head === undefined || own === undefined) return undefined;
  const days = isWithOffices(target.state) ? steps.find((step) => step.days !== undefined)?.days : undefined;
  return {
    id: target.id, personId: target.personId, version: target.version, number: target.number ?? '', kind: target.kind, state: target.state, wishedOn: target.wishedOn,
    submittedAt: head.submittedAt ?? undefined, aheadOn: own.decidedOn !== null && own.decidedOn > ctx.today ? own.decidedOn : undefined,
    attention: target.attention, attentionReason: head.attentionReason, proxyAssociation: head.proxyAssociation,
    late: days !== undefined && days >= lateDays, lateDays, name: head.name, kana: head.kana, licence: head.licence,
    steps, own, may: actionsFor(ctx.actor, target),
  };
}

async function settingsOf(tx: ReadTransaction, steps: readonly OfficeStep[]): Promise<PinnedSettings[]> {
  return await pinnedSettings(tx, steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })));
}

type FindingsAround = { ctx: Context; target: Case; summary: CaseSummary; applicant: Applicant | undefined };

async function findingsOf(tx: ReadTransaction, { ctx, target, summary, applicant }: FindingsAround): Promise<string[]> {
  const wished = target.wishedOn ?? ctx.today;
  return caseFindings({
    today: ctx.today,
    wishedOn: target.wishedOn,
    decided: summary.steps.map((step) => step.decidedOn).filter((on) => on !== null),
    namesake: applicant?.namesake === true,
    leavings: await leavingsIn(tx, { personId: target.personId, associationId: summary.own.associationId, on: ctx.today }),
    waiver: applicant === undefined ? undefined : waiverOf(applicant, { on: wished, trainee: applicant.trainingEndsOn !== null && applicant.trainingEndsOn >= wished.slice(0, 7) }),
  });
}

/** What is supposed while nobody has typed a day: our own decision if there is one, else the wish, not before the layer below. */
function supposed(summary: CaseSummary, today: Day): Day {
  const wished = summary.wishedOn ?? today;
  const below = summary.steps.filter((step) => step.layer > summary.own.layer).map((step) => step.decidedOn).filter((on) => on !== null);
  return summary.own.decidedOn ?? below.reduce(laterDay, wished);
}

async function readCase(tx: ReadTransaction, id: string, ctx: Context): Promise<OfficeApplication | undefined> {
  const target = await loadCase(tx, ctx.actor, id);
  const summary = target === undefined ? undefined : await readSummary(tx, ctx, target);
  if (target === undefined || summary === undefined) return undefined;
  const applicant = await readApplicant(tx, target.personId, ctx.today);
  const acts = await listActs(tx, id);
  const settings = await settingsOf(tx, summary.steps);
  const on = summary.submittedAt === undefined ? ctx.today : dayOfInstant(summary.submittedAt);
  const content = await readContent(tx, { id, form: target.form, acts, settings: settings.map((row) => row.settings), on });
  return {
    ...summary,
    applicant,
    findings: await findingsOf(tx, { ctx, target, summary, applicant }),
    content,
    settings: summary.steps.flatMap((step) => {
      const row = settings.find((one) => one.associationId === step.associationId);
      return row === undefined ? [] : [{ associationName: step.associationName, version: row.version, startsOn: row.startsOn }];
    }),
    messages: await listThread(tx, id),
    memos: await listMemos(tx, id),
    history: await historyOf(tx, { acts, shown: content.shown, on: ctx.today }),
    otherCases: await listOtherOpen(tx, ctx.actor, { personId: target.personId, exceptId: id }),
    whatIf: isOpen(target.state)
      ? await readWhatIf(tx, ctx, { summary, applicant, suppose: { decidedOn: supposed(summary, ctx.today), categoryId: undefined } })
      : undefined,
  };
}

/** 申請の詳細 (`screens.md O-05`): everything one needs to decide a case, in our own scope. */
export const officeApplication = query({
  name: 'application.officeDetail',
  input: applicationIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx) => await readCase(tx, id, ctx),
  audit: (value, { id }) => ({ action: 'application.viewed', target: id, personIds: [value.personId] }),
});
