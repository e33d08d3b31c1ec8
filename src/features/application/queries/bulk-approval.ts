import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { CaseAtStep, DecisionAround } from '../commands/decision-around.ts';
import { categoryOn, decidableCategories, loadDecisionAround, lowerOf } from '../commands/decision-around.ts';
import { findingsFor } from '../commands/findings.ts';
import { stepsToArrive } from '../plan.ts';
import type { TwoPersons } from '../two-person-rules.ts';
import { agreementFindings } from '../two-person-rules.ts';
import type { Finding } from '../rules.ts';
import { officeOf } from './inbox.ts';

/** Which day every case of 一括操作 gets: its own wish, the day from below, or one for all (`screens.md O-04`). */
export type DateChoice = { by: 'wish' | 'below' } | { by: 'day'; on: Day };

export type ApprovalOutlook = {
  /** Undefined where the choice gives none, e.g. the day from below at the lowest association. */
  decidedOn: Day | undefined;
  /** As applied, or as held where it stays; undefined when it is in use no longer, 'none' where a membership ends. */
  category: { id: number; name: string } | 'none' | undefined;
  findings: readonly Finding[];
  /** A gap between the two sides of a transfer that nobody has explained yet. */
  unexplainedGap: boolean;
  /** The association that gets the case next; undefined when nobody decides after us. */
  next: string | undefined;
  settings: AssociationSettings;
  twoPersons: TwoPersons;
};

function chosenDay(at: CaseAtStep, around: DecisionAround, choice: DateChoice): Day | undefined {
  if (choice.by === 'day') return choice.on;
  const leaveWish = at.step.leg === 'leave' ? around.course.leaveWishedOn : undefined;
  if (choice.by === 'wish') return leaveWish ?? at.target.wishedOn ?? undefined;
  const below = lowerOf(at).flatMap((one) => one.decidedOn ?? []);
  return below.at(-1);
}

/** As applied; where a change step's category stays, the one held on the day (`rules.md 3.7`). */
function categoryFor({ step }: CaseAtStep, around: DecisionAround, decidedOn: Day | undefined): ApprovalOutlook['category'] {
  if (step.leg === 'leave') return 'none';
  const held = step.leg === 'change' && decidedOn !== undefined ? categoryOn(around.ledger, step.associationId, decidedOn) : undefined;
  const found = around.categories.find((one) => one.id === (step.categoryId ?? held));
  return found === undefined ? undefined : { id: found.id, name: found.name };
}

function nextOf({ target, step }: CaseAtStep, around: DecisionAround, decidedOn: Day): string | undefined {
  const steps = target.steps.map((one) => (one.id === step.id ? { ...one, state: 'approved' as const, decidedOn } : one));
  return stepsToArrive(steps, around.course.order).find((one) => one.role !== 'acknowledge')?.associationName;
}

/** What 承認 of one case with the chosen day would say and do; the same rules as its page and its command. */
export async function approvalOutlook(
  tx: ReadTransaction,
  ctx: Context,
  ask: { at: CaseAtStep; choice: DateChoice },
): Promise<ApprovalOutlook> {
  const { at, choice } = ask;
  const asToday = await loadDecisionAround(tx, ctx, at);
  const decidedOn = chosenDay(at, asToday, choice);
  const around = decidedOn === undefined ? asToday : { ...asToday, categories: await decidableCategories(tx, at.step, decidedOn) };
  const category = categoryFor(at, around, decidedOn);
  const { twoPersons } = around;
  const categoryId = typeof category === 'object' ? category.id : null;
  const findings =
    decidedOn === undefined
      ? []
      : [...findingsFor(ctx, at, { around, decidedOn, categoryId }), ...agreementFindings(twoPersons, { decidedOn, categoryId })];
  return {
    decidedOn,
    category,
    twoPersons,
    findings,
    unexplainedGap: around.course.gapReason === '' && findings.some((finding) => finding.code === 'gap'),
    next: decidedOn === undefined ? undefined : nextOf(at, around, decidedOn),
    settings: around.settings,
  };
}

/** Board meetings of the acting office to choose from, earliest first. */
export async function boardMeetingsOf(tx: ReadTransaction, ctx: Context): Promise<Day[]> {
  const [settings] = await settingsOn(tx, [officeOf(ctx).associationId], ctx.today);
  return (settings?.settings.boardMeetings ?? []).filter((on) => isDay(on)).toSorted();
}
