import type { Day } from './days.ts';
import { plus } from './days.ts';
import { carriedBy } from './carrying.ts';
import { known, stretchesOf } from './ledger.ts';
import type { Case, Model, Paper, Settings } from './state.ts';
import { associationOf } from './state.ts';

/** The days an applicant may wish for (`rules.md 3.6, 4.1`): the window is the lowest association's of each side. */

type Wish = { on: Day; at: number | undefined };

function wishesOf(paper: Paper): Wish[] {
  const leaving = { on: paper.leaveOn ?? paper.wishedOn, at: paper.before[0] };
  if (paper.kind !== 'transfer') return [{ on: paper.wishedOn, at: paper.kind === 'join' ? paper.asked?.[0] : paper.before[0] }];
  if (paper.lowest === undefined) return [leaving];
  const named = paper.asked ?? [];
  return [{ on: paper.wishedOn, at: named.find((id) => !paper.before.includes(id)) ?? named[0] }, leaving];
}

function isWithin(on: Day, { wishWindow }: Settings, today: Day): boolean {
  return plus(today, -wishWindow.back) <= on && on <= plus(today, wishWindow.ahead);
}

/** Both days of a transfer join, or the paper says why not. */
function joins(paper: Paper): boolean {
  if (paper.kind !== 'transfer' || paper.lowest === undefined || paper.gapReason) return true;
  return paper.leaveOn === undefined || plus(paper.leaveOn, 1) === paper.wishedOn;
}

/** Nobody leaves before he has joined. */
function isAfterJoin(model: Model, one: Case): boolean {
  if (one.paper.kind !== 'withdrawal') return true;
  const own = stretchesOf(known(model.ledger, model.tick), one.person);
  const carried = carriedBy(model, one.person, one.paper.affiliation ?? '').map(({ association }) => association);
  // What has been joined since the paper was written ends with what lies below it.
  const lowest = Math.max(0, ...carried.filter(({ id }) => one.paper.ticked.includes(id)).map(({ layer }) => layer));
  return carried
    .filter(({ layer }) => layer <= lowest)
    .every((association) =>
      own.every((other) => other.association !== association.id || other.to !== undefined || other.joinedOn <= one.paper.wishedOn),
    );
}

/** A case that was sent keeps the settings it was sent under. */
export function isTimely(model: Model, one: Case): boolean {
  if (!joins(one.paper) || !isAfterJoin(model, one)) return false;
  return wishesOf(one.paper).every(({ on, at }) => {
    if (at === undefined) return true;
    const settings =
      one.steps.length === 0 ? associationOf(model, at).settings : one.steps.find((step) => step.association === at)?.settings;
    return settings === undefined || isWithin(on, settings, model.today);
  });
}
