import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { masterNames as names } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import type { ProposeForm } from '../master-schema.ts';
import type { MasterRow } from '../master-fields.ts';
import type { Burden, Change } from '../master.store.server.ts';
import { findMaster } from '../master-list.store.server.ts';
import { burdenOf, hasOpenChange } from '../master.store.server.ts';
import { isOpenTarget } from '../reorganisation.store.server.ts';
import type { MoveGround } from './judge-move.ts';
import { decideMove, moveGround } from './judge-move.ts';

/** Whether a change of the tree can be planned (`screens.md J-02`, `rules.md 1.2`). */

const mostDaysAhead = 5 * 366;

/** Days from today on, not too far ahead. */
export function dayErrors(on: Day, today: Day, field: string): Outcome<true> {
  if (on < today) return refuseFields({ [field]: [texts.fromToday] });
  if (on > addDays(today, mostDaysAhead)) return refuseFields({ [field]: [texts.tooFar] });
  return accepted(true);
}

export type ChangeGround = {
  present: MasterRow;
  parent: MasterRow | undefined;
  open: boolean;
  isTarget: boolean;
  burden: Burden;
  move: MoveGround | undefined;
};

/** True for a text that has the shape of a 医師会コード. */
export function isCode(text: string): boolean {
  return /^\d{5}$/.test(text);
}

/** What a change is judged by; undefined when there is no such association. */
export async function changeGround(tx: ReadTransaction, form: ProposeForm, today: Day): Promise<ChangeGround | undefined> {
  const present = await findMaster(tx, form.code, today);
  if (present === undefined) return undefined;
  const parent = isCode(form.parentCode) ? await findMaster(tx, form.parentCode, form.startsOn) : undefined;
  return {
    present,
    parent,
    open: await hasOpenChange(tx, present.id),
    isTarget: await isOpenTarget(tx, present.id),
    burden: await burdenOf(tx, present.id, form.startsOn),
    move: isCode(form.targetCode) ? await moveGround(tx, { present, form, today }) : undefined,
  };
}

/** True while something would lose the ground it stands on. */
export function isBurdened({ members, cases, below }: Burden): boolean {
  return members + cases + below > 0;
}

type Wanted = Pick<
  Change,
  'kind' | 'name' | 'kana' | 'parentId' | 'targetId' | 'categoryMap' | 'splitRule' | 'splitEntries' | 'carriesStaff'
>;

const nothing = {
  name: null,
  kana: null,
  parentId: null,
  targetId: null,
  categoryMap: {},
  splitRule: null,
  splitEntries: [],
  carriesStaff: false,
};

function renamed({ present }: ChangeGround, form: ProposeForm): Outcome<Wanted> {
  if (form.name === '') return refuseFields({ name: [messages.req(names.name)] });
  if (form.kana === '') return refuseFields({ kana: [messages.req(names.kana)] });
  if (form.name === present.name && form.kana === present.kana) return refuseFields({ name: [texts.sameName] });
  return accepted({ ...nothing, kind: 'rename', name: form.name, kana: form.kana });
}

function reparented({ present, parent, burden }: ChangeGround, form: ProposeForm): Outcome<Wanted> {
  if (parent === undefined) return refuseFields({ parentCode: [texts.noParent] });
  if (parent.layer !== present.layer - 1 || (parent.closesOn !== null && parent.closesOn < form.startsOn))
    return refuseFields({ parentCode: [texts.wrongParent] });
  if (parent.id === present.parentId) return refuseFields({ parentCode: [texts.sameParent] });
  if (burden.members + burden.cases > 0) return refuseFields({ kind: [texts.burden({ ...burden, below: 0 }, form.startsOn)] });
  return accepted({ ...nothing, kind: 'reparent', parentId: parent.id });
}

/** Nobody's membership and no running case may lose the ground it stands on; who moves takes both along. */
export function decideChange(ground: ChangeGround, form: ProposeForm, today: Day): Outcome<Wanted> {
  const { present, open, isTarget, burden } = ground;
  if (open) return refuse('conflict', { message: texts.changeOpen });
  if (present.withdrawn) return refuse('conflict', { message: texts.openingWithdrawn });
  if (present.closesOn !== null) return refuse('conflict', { message: texts.alreadyClosed });
  const days = dayErrors(form.startsOn, today, 'startsOn');
  if (!days.ok) return days;
  if (form.startsOn <= present.startsOn) return refuseFields({ startsOn: [texts.tooEarly(present.startsOn)] });
  if (form.kind === 'rename') return renamed(ground, form);
  if (present.layer === 1) return refuseFields({ kind: [texts.notTop] });
  if (isTarget) return refuse('conflict', { message: texts.isTarget });
  if (form.kind === 'merge' || form.kind === 'split') {
    const moved = decideMove(ground, form, form.kind);
    return moved.ok ? accepted({ ...nothing, ...moved.value, kind: form.kind }) : moved;
  }
  if (form.kind === 'reparent') return reparented(ground, form);
  if (isBurdened(burden)) return refuseFields({ kind: [texts.burden(burden, form.startsOn)] });
  return accepted({ ...nothing, kind: 'close' });
}
