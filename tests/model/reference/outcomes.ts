import type { Day } from './days.ts';
import { plus } from './days.ts';
import { known, linesOf, standingOn } from './ledger.ts';
import type { Affiliation, Case, Entry, Model, Step } from './state.ts';
import { isThrough } from './turns.ts';

/** What a decision makes true (`rules.md 2, 3.4`–`3.7`). */

type Line = Pick<Entry, 'association' | 'affiliation' | 'deed' | 'on' | 'category' | 'because'>;
/** What would become true: lines of the ledger, and affiliations that begin or become the primary one. */
export type Outcome = { lines: Line[]; made: Affiliation | undefined; primary: string | undefined };

const nothing: Outcome = { lines: [], made: undefined, primary: undefined };

export function decidesFirst(one: Case, leg: Step['leg']): Step | undefined {
  return one.steps.find((step) => step.leg === leg && step.role === 'decide');
}

function newAffiliation(model: Model, one: Case): Affiliation {
  const own = model.affiliations.filter((other) => other.person === one.person);
  const bottom = one.steps.filter((step) => step.leg !== 'leave').sort((a, b) => b.layer - a.layer)[0];
  const before = own.find((other) => other.id === one.affiliation);
  return {
    id: `${one.person}/${own.length}`,
    person: one.person,
    lowest: bottom?.association ?? 0,
    primary: own.length === 0 || before?.primary === true,
  };
}

function afterJoin(model: Model, one: Case, step: Step): Outcome {
  const made = one.affiliation === undefined ? newAffiliation(model, one) : undefined;
  const affiliation = one.affiliation ?? made?.id ?? '';
  const line: Line = {
    association: step.association,
    affiliation,
    deed: 'joined',
    on: step.on ?? '',
    category: step.category,
    because: step,
  };
  return { ...nothing, lines: [line], made };
}

/** Who carries a membership on a day. */
export function carrierOn(model: Model, one: Case, { association, on }: { association: number; on: Day }) {
  return standingOn(linesOf(known(model.ledger, model.tick), one.person, association), on);
}

function leaving(model: Model, one: Case, { step, on }: { step: Step; on: Day }): Line[] {
  const affiliation = carrierOn(model, one, { association: step.association, on })?.affiliation ?? '';
  return [{ association: step.association, affiliation, deed: 'left', on, category: undefined, because: step }];
}

function moving(one: Case, step: Step, leftOn: Day): Line[] {
  const to = one.paper.moves.find((move) => move.association === step.association)?.to;
  return to === undefined
    ? []
    : [{ association: step.association, affiliation: to, deed: 'changed', on: plus(leftOn, 1), category: undefined, because: step }];
}

function afterWithdrawal(model: Model, one: Case): Outcome {
  const on = decidesFirst(one, 'leave')?.on;
  if (on === undefined) return nothing;
  const steps = one.steps.filter((step) => step.role !== 'receive');
  const lines = steps.flatMap((step) => (step.leg === 'change' ? moving(one, step, on) : leaving(model, one, { step, on })));
  const primary = lines.find((line) => line.deed === 'changed')?.affiliation;
  return { ...nothing, lines, primary };
}

/** The category of a membership that goes on: a line only where it becomes another one on that day. */
function recategorised(model: Model, { one, step }: { one: Case; step: Step }, affiliation?: string): Line[] {
  const on = step.on ?? '';
  const before = carrierOn(model, one, { association: step.association, on });
  if (before === undefined || step.category === undefined || before.category === step.category) return [];
  return [
    {
      association: step.association,
      affiliation: affiliation ?? before.affiliation,
      deed: 'changed',
      on,
      category: step.category,
      because: step,
    },
  ];
}

function goingOver(step: Step, affiliation: string, on: Day): Line {
  return { association: step.association, affiliation, deed: 'changed', on, category: undefined, because: step };
}

function afterChange(model: Model, one: Case, step: Step): Outcome {
  const moves = step === one.steps[0] && one.paper.newPlace;
  if (!moves) return { ...nothing, lines: recategorised(model, { one, step }) };
  const made = newAffiliation(model, one);
  const over = one.steps.map((other): Line => ({ ...goingOver(other, made.id, step.on ?? ''), because: step }));
  return { ...nothing, lines: [...over, ...recategorised(model, { one, step }, made.id)], made };
}

/** Days on which the old chain ends and the new one begins, where they do. */
function turnOf(one: Case): { leftOn: Day | undefined; beginsOn: Day | undefined } {
  const leftOn = decidesFirst(one, 'leave')?.on;
  return { leftOn, beginsOn: decidesFirst(one, 'join')?.on ?? (leftOn === undefined ? undefined : plus(leftOn, 1)) };
}

function afterTransfer(model: Model, one: Case): Outcome {
  if (!one.steps.every(isThrough)) return nothing;
  const { leftOn, beginsOn } = turnOf(one);
  const toOf = (step: Step) => one.paper.moves.find((move) => move.association === step.association)?.to;
  const made = one.steps.some((step) => step.leg !== 'leave' && toOf(step) === undefined) ? newAffiliation(model, one) : undefined;
  const lines = one.steps.flatMap((step): Line[] => {
    if (step.leg === 'leave') return leftOn === undefined ? [] : leaving(model, one, { step, on: leftOn });
    const over = toOf(step) ?? made?.id ?? '';
    if (step.leg === 'join')
      return [
        { association: step.association, affiliation: over, deed: 'joined', on: step.on ?? '', category: step.category, because: step },
      ];
    const on = toOf(step) !== undefined && leftOn !== undefined ? plus(leftOn, 1) : (step.on ?? beginsOn);
    return on === undefined ? [] : [goingOver(step, over, on), ...recategorised(model, { one, step }, over)];
  });
  const moved = one.steps.flatMap((step) => (step.leg === 'leave' ? [] : [toOf(step)])).find((to) => to !== undefined);
  return { lines, made, primary: made === undefined ? moved : undefined };
}

export function outcomeOf(model: Model, whole: Case, step: Step): Outcome {
  const one = { ...whole, steps: whole.steps.filter((other) => !other.correction) };
  if (one.paper.kind === 'join') return afterJoin(model, one, step);
  if (one.paper.kind === 'withdrawal') return afterWithdrawal(model, one);
  return one.paper.kind === 'change' ? afterChange(model, one, step) : afterTransfer(model, one);
}
