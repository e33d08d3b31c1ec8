import type { Day } from '#kernel/day.ts';
import { dayOfInstant, laterDay } from '#kernel/day.ts';
import { leavingsIn } from '#features/membership/queries/member-ledger.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OfficeStep, OtherCase, ThreadNote } from '../detail.store.server.ts';
import { listActs, listMemos, listOtherOpen, listThread } from '../detail.store.server.ts';
import { isOpen } from '../flow.ts';
import { isDeathPaper, leaveWishOf } from '../forms.ts';
import { letterTitles } from '../letter-messages.ts';
import { isProxy, may } from '../policy.ts';
import type { MessageFile } from '../papers.store.server.ts';
import { listMessageFiles } from '../papers.store.server.ts';
import { applicationIdInput } from '../schema.ts';
import type { AppliedSettings } from '../settings-labels.ts';
import { appliedSettings } from '../settings-labels.ts';
import { actsRead } from '../sides.ts';
import type { Case } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import type { DeathRevocation } from './death-revocation.ts';
import { readDeathRevocation } from './death-revocation.ts';
import { correctionPage } from './draft-facts.ts';
import { officeOnly } from './inbox.ts';
import type { Applicant } from './office-applicant.ts';
import { readApplicant, waiverOn } from './office-applicant.ts';
import type { ShownLink } from './linked-cases.ts';
import { readLink } from './linked-cases.ts';
import type { ShownAssignee } from './office-assignee.ts';
import { readAssignee } from './office-assignee.ts';
import type { OfficeContent } from './office-content.ts';
import { readContent } from './office-content.ts';
import { caseFindings } from './office-findings.ts';
import type { HistoryLine } from './office-history.ts';
import { historyOf } from './office-history.ts';
import type { CaseSummary } from './office-summary.ts';
import { readSummary } from './office-summary.ts';
import type { ShownPersons } from './office-two-persons.ts';
import { readTwoPersons } from './office-two-persons.ts';
import type { Viewer } from '../viewing.store.server.ts';
import { viewersOf } from './viewers.ts';
import type { WhatIf } from './what-if.ts';
import { readWhatIf } from './what-if.ts';

export type OfficeApplication = CaseSummary & {
  applicant: Applicant | undefined;
  findings: string[];
  content: OfficeContent;
  settings: AppliedSettings[];
  messages: (ThreadNote & { files: readonly MessageFile[] })[];
  memos: ThreadNote[];
  history: HistoryLine[];
  otherCases: OtherCase[];
  assignee: ShownAssignee;
  /** Colleagues who have the case open now. */
  viewers: Viewer[];
  /** 続きの届: the case that this one follows, or that follows it. */
  link: ShownLink | undefined;
  /** 2名での承認: whose turn it is. */
  twoPersons: ShownPersons | undefined;
  /** The pages on which we correct what we entered and what came back. */
  correctAt: string | undefined;
  /** The letter that goes with what we entered: 代理申請のお知らせ or ご遺族へのお知らせ. */
  letter: string | undefined;
  /** 死亡登録の取消, where this case is our entry of a death. */
  deathRevocation: DeathRevocation | undefined;
  /** 承認後の見込み with the wished day (or the day from below); undefined when the case has ended. */
  whatIf: WhatIf | undefined;
};

async function settingsOf(tx: ReadTransaction, steps: readonly OfficeStep[]): Promise<PinnedSettings[]> {
  return await pinnedSettings(
    tx,
    steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })),
  );
}

type FindingsAround = { ctx: Context; target: Case; summary: CaseSummary; applicant: Applicant | undefined };

/** The leave that this very case has brought is no earlier one. */
function leavesOn({ steps }: CaseSummary, leftOn: Day): boolean {
  return steps.some((step) => step.leg === 'leave' && step.decidedOn === leftOn);
}

async function findingsOf(tx: ReadTransaction, { ctx, target, summary, applicant }: FindingsAround): Promise<string[]> {
  const wished = target.wishedOn ?? ctx.today;
  const leaveWish = leaveWishOf(target);
  return caseFindings({
    today: ctx.today,
    wishedOn: target.wishedOn,
    decided: summary.steps.flatMap(({ decidedOn: on, leg }) =>
      on === null ? [] : [{ on, leg, wishedOn: leg === 'leave' ? (leaveWish ?? target.wishedOn) : target.wishedOn }],
    ),
    namesake: applicant?.namesake === true,
    claimed: applicant?.licenceClaimed === true,
    leavings: (await leavingsIn(tx, { personId: target.personId, associationId: summary.own.associationId, on: ctx.today })).filter(
      ({ leftOn }) => leftOn < ctx.today && !leavesOn(summary, leftOn),
    ),
    waiver: applicant === undefined ? undefined : waiverOn(applicant, wished),
  });
}

/** What is supposed while nobody has typed a day: our own decision if there is one, else the wish, not before the layer below. */
function supposed(summary: CaseSummary, target: Case, today: Day): Day {
  const wished = summary.leaveWishedOn ?? summary.wishedOn ?? today;
  const below = summary.steps
    .filter((step) => step.leg === summary.own.leg && step.layer > summary.own.layer)
    .map((step) => step.decidedOn)
    .filter((on) => on !== null);
  return summary.own.decidedOn ?? below.reduce(laterDay, wished);
}

async function messagesOf(tx: ReadTransaction, id: string): Promise<OfficeApplication['messages']> {
  const files = await listMessageFiles(tx, id);
  return (await listThread(tx, id)).map((note) => ({ ...note, files: files.get(note.id) ?? [] }));
}

async function readCase(tx: ReadTransaction, id: string, ctx: Context): Promise<OfficeApplication | undefined> {
  const target = await loadCase(tx, ctx.actor, id);
  const summary = target === undefined ? undefined : await readSummary(tx, ctx, target);
  if (target === undefined || summary === undefined) return undefined;
  const applicant = await readApplicant(tx, target.personId, ctx.today);
  const acts = await listActs(tx, id);
  const settings = await settingsOf(tx, summary.steps);
  const on = summary.submittedAt === undefined ? ctx.today : dayOfInstant(summary.submittedAt);
  const content = await readContent(tx, { actor: ctx.actor, target, side: summary.own.leg, acts, settings, on });
  const twoPersons = await readTwoPersons(tx, ctx, { target, settings });
  return {
    ...summary,
    may: twoPersons?.mine === true ? summary.may.filter((action) => action !== 'approve') : summary.may,
    twoPersons,
    correctAt: isProxy(ctx.actor, target) && may(ctx.actor, 'resubmit', target) ? correctionPage[target.kind] : undefined,
    letter: isProxy(ctx.actor, target) ? letterTitles[isDeathPaper(target) ? 'family' : 'filed'] : undefined,
    deathRevocation: await readDeathRevocation(tx, ctx, target),
    applicant,
    findings: await findingsOf(tx, { ctx, target, summary, applicant }),
    content,
    settings: appliedSettings(target.kind, summary.steps, settings),
    messages: await messagesOf(tx, id),
    memos: await listMemos(tx, id),
    history: await historyOf(tx, { acts: actsRead(ctx.actor, target, acts), shown: content.shown, on: ctx.today }),
    otherCases: await listOtherOpen(tx, ctx.actor, { personId: target.personId, exceptId: id }),
    assignee: await readAssignee(tx, ctx, id),
    viewers: await viewersOf(tx, ctx, [id]),
    link: await readLink(tx, ctx, id),
    whatIf: isOpen(target.state)
      ? await readWhatIf(tx, ctx, {
          summary,
          applicant,
          suppose: { decidedOn: supposed(summary, target, ctx.today), categoryId: undefined },
        })
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
