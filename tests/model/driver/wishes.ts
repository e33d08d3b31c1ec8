import fc from 'fast-check';
import { plus } from '../reference/days.ts';
import { known, stretchesOf } from '../reference/ledger.ts';
import type { Action, Who } from '../reference/permission.ts';
import { allowed } from '../reference/permission.ts';
import { carriedBy } from '../reference/carrying.ts';
import { isAlive } from '../reference/decisions.ts';
import type { Attempt } from '../reference/reference.ts';
import type { Affiliation, Case, Kind, Layer, Model, Paper, Step } from '../reference/state.ts';
import { chainFrom, isOpen } from '../reference/state.ts';
import { leaves } from './lane.ts';
import type { Play } from './stage.ts';

/** Random steps: numbers that mean something only beside the model, so that a sequence stays one when steps are left out. */

export type Wish = { what: number; which: number; who: number; day: number; more: number };

export const anyWish: fc.Arbitrary<Wish> = fc.record({
  what: fc.nat(99),
  which: fc.nat(999),
  who: fc.nat(999),
  day: fc.nat(999),
  more: fc.nat(999),
});

function pick<T>(choices: readonly T[], number: number): T {
  const chosen = choices[number % choices.length];
  if (chosen === undefined) throw new RangeError('nothing to pick from');
  return chosen;
}

/** Mostly near today, on the ends of months, sometimes beyond every window. */
function someDay(model: Model, wish: Wish): string {
  const { today } = model;
  const days = [
    today,
    plus(today, 1),
    plus(today, -10),
    plus(today, 17),
    '2026-03-31',
    '2026-04-01',
    plus(today, 60),
    plus(today, -95),
    plus(today, 370),
  ];
  return pick(days, wish.day);
}

function categoriesFor(play: Play, associations: readonly number[], more: number): Record<number, number> {
  return Object.fromEntries(associations.map((id, place) => [id, play.lane.categoryOf(id, (more >> place) & 1 ? 3 : 0)]));
}

/** Another affiliation of the person that reaches up to the association above. */
function receiver(model: Model, { affiliation, association }: { affiliation: Affiliation; association: number }): string | undefined {
  return model.affiliations.find((other) => {
    const chain = chainFrom(model, other.lowest);
    const place = chain.findIndex((one) => one.id === association);
    const below = chain[place - 1];
    return (
      other.person === affiliation.person &&
      other.id !== affiliation.id &&
      below !== undefined &&
      carriedBy(model, other.person, other.id).some((one) => one.association.id === below.id)
    );
  })?.id;
}

function movesFor(model: Model, affiliation: Affiliation, more: number): Paper['moves'] {
  if (more % 3 === 0) return [];
  const carried = carriedBy(model, affiliation.person, affiliation.id).slice(1);
  const moves = carried.flatMap(({ association }) => {
    const to = receiver(model, { affiliation, association: association.id });
    return to === undefined ? [] : [{ association: association.id, to }];
  });
  const [first] = moves;
  return moves.filter((move) => move.to === first?.to);
}

const blank: Omit<Paper, 'kind' | 'wishedOn'> = {
  affiliation: undefined,
  lowest: undefined,
  top: 1,
  ticked: [],
  categories: {},
  moves: [],
  newPlace: false,
  leaveOn: undefined,
  gapReason: false,
  asked: undefined,
  before: [],
  settled: undefined,
};

/** The paper of a kind about an affiliation. */
function paperOf(play: Play, { kind, affiliation }: { kind: Kind; affiliation: Affiliation | undefined }, wish: Wish): Paper {
  const { model } = play;
  const wishedOn = someDay(model, wish);
  const top = pick<Layer>([1, 1, 2, 3], wish.more);
  if (kind === 'join' || affiliation === undefined) {
    const lowest = wish.which % 17 === 0 ? 14_000 : pick(leaves, wish.which >> 2);
    const categories = categoriesFor(
      play,
      chainFrom(model, lowest).map((one) => one.id),
      wish.more,
    );
    return { ...blank, kind: 'join', lowest, top, categories, wishedOn };
  }
  const carried = carriedBy(model, affiliation.person, affiliation.id).map((one) => one.association.id);
  const base = { ...blank, affiliation: affiliation.id, wishedOn };
  if (kind === 'withdrawal') {
    const ticked = [pick(carried, wish.which >> 1)];
    const cascade = carried.slice(carried.indexOf(ticked[0] ?? 0) + 1);
    const moves = movesFor(model, affiliation, wish.more).filter((move) => cascade.includes(move.association));
    return { ...base, kind, ticked, moves };
  }
  if (kind === 'change') {
    return { ...base, kind, categories: categoriesFor(play, carried, wish.more), newPlace: wish.more % 2 === 0 };
  }
  const undecided = wish.which % 5 === 0;
  const lowest = undecided ? undefined : pick(leaves, wish.which >> 2);
  const chain = lowest === undefined ? [] : chainFrom(model, lowest).map((one) => one.id);
  const leaveOn = undecided ? wishedOn : pick([plus(wishedOn, -1), plus(wishedOn, -1), plus(wishedOn, -4), wishedOn], wish.more >> 3);
  const moves = movesFor(model, affiliation, wish.more).filter((move) => !chain.includes(move.association));
  return { ...base, kind, lowest, top, leaveOn, moves, categories: categoriesFor(play, chain, wish.more), gapReason: wish.more % 4 === 1 };
}

function drafting(play: Play, wish: Wish): Attempt {
  const person = wish.who % play.model.persons;
  const alive = play.model.affiliations.filter((one) => one.person === person && isAlive(play.model, one));
  const affiliation = alive.length === 0 ? undefined : pick(alive, wish.who >> 3);
  const kind = pick<Kind>(['join', 'withdrawal', 'change', 'transfer', 'transfer'], wish.which);
  return { do: 'draft', person, paper: paperOf(play, { kind, affiliation }, wish) };
}

const triable = [
  'submit',
  'deleteDraft',
  'retract',
  'resubmit',
  'receive',
  'return',
  'reject',
  'cancel',
  'acknowledge',
  'revoke',
  'revokeLeave',
  'approve',
] as const satisfies readonly Action[];
type Triable = (typeof triable)[number];

function isTriable(action: Action): action is Triable {
  return triable.some((one) => one === action);
}

/** Going on is likelier than ending a case. */
const likely: Record<Triable, number> = {
  submit: 20,
  deleteDraft: 1,
  retract: 1,
  resubmit: 12,
  receive: 6,
  return: 4,
  reject: 1,
  cancel: 1,
  acknowledge: 4,
  revoke: 2,
  revokeLeave: 6,
  approve: 30,
};

function everybody(model: Model): Who[] {
  const doctors = Array.from({ length: model.persons }, (_, doctor): Who => ({ doctor }));
  return [...doctors, ...model.associations.map((one): Who => ({ office: one.id, role: 'admin' }))];
}

/** Who may do what with this case, each as often as it is likely. */
function lawful(model: Model, one: Case): { by: Who; action: Triable }[] {
  return everybody(model).flatMap((by) =>
    allowed(model, by, one)
      .filter(isTriable)
      .flatMap((action) => Array.from({ length: likely[action] }, () => ({ by, action }))),
  );
}

/** A day an office may enter: the wish, the day of those below, and days around them. */
function decidedDay(model: Model, { one, step }: { one: Case; step: Step | undefined }, wish: Wish): string {
  const below = one.steps.flatMap((other) => (other.on === undefined ? [] : [other.on])).at(-1);
  const wished = step?.leg === 'leave' ? (one.paper.leaveOn ?? one.paper.wishedOn) : one.paper.wishedOn;
  const same =
    step?.leg === 'join' && below !== undefined && one.steps.some((other) => other.on === below && other.leg === 'join') ? below : wished;
  const joined = stretchesOf(known(model.ledger, model.tick), one.person).find(
    (other) => other.association === step?.association,
  )?.joinedOn;
  return pick([wished, wished, same, same, same, plus(same, 1), plus(same, -1), joined ?? same, someDay(model, wish)], wish.day >> 1);
}

function deciding(play: Play, { one, by }: { one: Case; by: Who }, wish: Wish): Extract<Attempt, { do: 'approve' }>['decision'] {
  const office = 'office' in by ? by.office : 0;
  const step = one.steps.find((other) => other.association === office && other.role === 'decide');
  const other = wish.more % 31 === 0 ? 0 : office;
  const category = step?.wished !== undefined && wish.more % 4 !== 0 ? step.wished : play.lane.categoryOf(other, wish.more % 2);
  return { on: decidedDay(play.model, { one, step }, wish), category, confirmed: wish.more % 7 !== 0, gapReason: wish.more % 3 !== 0 };
}

/** One of the two people of an office. */
function someone(by: Who, wish: Wish): Who {
  return 'office' in by ? { ...by, person: (wish.who >> 1) % 2 } : by;
}

/** Nothing, other days, another category of one that is still to be decided, or both. */
function correcting(play: Play, one: Case, wish: Wish): Extract<Attempt, { do: 'resubmit' }>['correction'] {
  const { model } = play;
  const wishedOn = someDay(model, wish);
  const { kind, lowest } = one.paper;
  const leaveOn = kind === 'transfer' ? (lowest === undefined ? wishedOn : plus(wishedOn, wish.more % 5 === 0 ? -3 : -1)) : undefined;
  const days = wish.more % 3 === 0 ? {} : { wishedOn, ...(leaveOn === undefined ? {} : { leaveOn }) };
  const open = one.steps.filter(
    (step) => step.leg !== 'leave' && step.wished !== undefined && step.state !== 'approved' && !step.correction,
  );
  if (open.length === 0 || wish.more % 4 > 1) return days;
  const { association, wished } = pick(open, wish.day);
  const held = carriedBy(model, one.person, one.paper.affiliation ?? '').find((other) => other.association.id === association)?.category;
  const others = [0, 1, 2, 3]
    .map((which) => play.lane.categoryOf(association, which))
    .filter((id) => id !== wished && id !== held && id !== 0);
  return { ...days, categories: { [association]: pick(others, wish.day >> 2) } };
}

function acting(play: Play, wish: Wish): Attempt {
  const { model } = play;
  const running = model.cases.filter((one) => isOpen(one) || one.state === 'draft');
  const one = pick(running.length === 0 || wish.which % 5 === 0 ? model.cases : running, wish.which);
  const choices = lawful(model, one);
  const random = { by: pick(everybody(model), wish.who), action: pick(triable, wish.who >> 4) };
  const { by, action } = choices.length === 0 || wish.what % 11 === 0 ? random : pick(choices, wish.who);
  const stale = wish.more % 29 === 1 ? { stale: true } : {};
  const step = { case: one.id, by, ...stale };
  if (action === 'approve') return { ...step, by: someone(by, wish), do: action, decision: deciding(play, { one, by }, wish) };
  if (action === 'resubmit') return { ...step, do: action, correction: correcting(play, one, wish) };
  return { ...step, do: action };
}

function settling(play: Play, wish: Wish): Attempt {
  const association = pick(play.model.associations, wish.which);
  const window = pick(
    [
      { back: 90, ahead: 365 },
      { back: 5, ahead: 30 },
      { back: 180, ahead: 400 },
    ],
    wish.more >> 2,
  );
  const changed = pick(
    [
      { requiredUpperLayers: pick(['none', 'prefecture', 'all'] as const, wish.more) },
      { transferOrder: pick(['leave_first', 'join_first', 'parallel'] as const, wish.more) },
      { transferOrder: pick(['leave_first', 'join_first'] as const, wish.more) },
      { directJoin: association.layer === 2 && wish.more % 3 !== 0 },
      { allowUpperOnlyWithdrawal: wish.more % 2 === 0 },
      { autoReceive: wish.more % 3 !== 0 },
      { farFuture: pick(['warn', 'block'] as const, wish.more) },
      { decisionWindow: window },
      { acknowledgeDays: pick([7, 14, 30], wish.more) },
      { twoPersonDecision: pick([['join'], ['withdrawal', 'change'], ['transfer', 'join'], []] as const, wish.more).slice() },
      { wishWindow: window },
    ],
    wish.who,
  );
  return { do: 'settings', association: association.id, settings: changed };
}

/** What a wish means now. */
export function meant(wish: Wish): (play: Play) => Attempt {
  return (play) => {
    if (wish.what < 5) return { do: 'days', count: pick([1, 3, 8, 20, 40], wish.day) };
    if (wish.what < 12) return settling(play, wish);
    const drafts = play.model.cases.filter((one) => isOpen(one) || one.state === 'draft').length;
    if (wish.what < 24 || play.model.cases.length === 0 || drafts === 0) return drafting(play, wish);
    return acting(play, wish);
  };
}
