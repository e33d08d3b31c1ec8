import type { Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { SplitRule } from '../master-fields.ts';
import { categoryMapField, isSplitRule, masterNames as names } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import type { ProposeForm } from '../master-schema.ts';
import type { MasterRow } from '../master-fields.ts';
import type { Burden, Change } from '../master.store.server.ts';
import { findMaster } from '../master-list.store.server.ts';
import { hasOpenChange } from '../master.store.server.ts';
import type { CategoryName, MoveNumbers } from '../reorganisation.store.server.ts';
import { countMove, countStaffToCarry, listCategoryNames } from '../reorganisation.store.server.ts';
import { listCategories } from '../store.server.ts';

/** 合併 and 分割 (`screens.md J-02`): where members may go, whom a rule means, and which category becomes which. */

const mostEntries = 5_000;

/** A category that members hold, with how many, and what it would become. */
export type UsedCategory = CategoryName & { members: number; becomes: number | undefined };

export type MoveGround = {
  target: MasterRow | undefined;
  targetBusy: boolean;
  numbers: MoveNumbers;
  /** Staff who would follow, if they were to. */
  staff: number;
  used: UsedCategory[];
  options: CategoryName[];
};

/** The lines of the rule of a split; without repetitions. */
function entriesOf(form: ProposeForm): string[] {
  const lines = form.splitText.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(form.splitRule === 'list' ? lines.map((line) => line.normalize('NFKC')) : lines)].filter((line) => line !== '');
}

function ruleOf(form: ProposeForm): SplitRule | null {
  return form.kind === 'split' && isSplitRule(form.splitRule) ? form.splitRule : null;
}

/** What became of each category: as chosen, otherwise the one with the same code or name. */
async function categoriesAround(
  tx: ReadTransaction,
  ids: { used: MoveNumbers['categories']; from: number; to: number },
  form: ProposeForm,
) {
  const own = await listCategories(tx, [ids.from], form.startsOn);
  const options = await listCategories(tx, [ids.to], form.startsOn);
  const held = await listCategoryNames(tx, [...new Set([...ids.used.keys(), ...own.map((one) => one.id)])]);
  const becomes = (one: CategoryName) => {
    const chosen = form.categories[`c${one.id}`];
    if (chosen !== undefined) return options.find((option) => String(option.id) === chosen)?.id;
    return (options.find((option) => option.code === one.code) ?? options.find((option) => option.name === one.name))?.id;
  };
  const used = held.map((one) => ({ ...one, members: ids.used.get(one.id) ?? 0, becomes: becomes(one) }));
  return { used, options: options.map(({ id, code, name }) => ({ id, code, name })) };
}

/** What a 合併 or 分割 is judged by and what its preview shows. */
export async function moveGround(
  tx: ReadTransaction,
  { present, form }: { present: MasterRow; form: ProposeForm; today: Day },
): Promise<MoveGround | undefined> {
  const target = await findMaster(tx, form.targetCode, form.startsOn);
  if (target === undefined) return undefined;
  const entries = form.kind === 'split' ? entriesOf(form).slice(0, mostEntries) : [];
  const numbers = await countMove(tx, { from: present.id, to: target.id, startsOn: form.startsOn, rule: ruleOf(form), entries });
  const around = await categoriesAround(tx, { used: numbers.categories, from: present.id, to: target.id }, form);
  const staff = await countStaffToCarry(tx, { from: present.id, to: target.id, startsOn: form.startsOn });
  return { target, targetBusy: await hasOpenChange(tx, target.id), numbers, staff, ...around };
}

/** The one that members go to: in force on the day, on the same layer, below the same association. */
export function targetFault(present: MasterRow, target: MasterRow, on: Day): string | undefined {
  if (target.id === present.id) return texts.sameAssociation;
  if (target.startsOn > on || (target.closesOn !== null && target.closesOn < on)) return texts.targetClosed;
  return target.layer === present.layer && target.parentId === present.parentId ? undefined : texts.targetLayer;
}

function ruleErrors(form: ProposeForm, entries: readonly string[]): FieldErrors | undefined {
  if (!isSplitRule(form.splitRule)) return { splitRule: [messages.sel(names.splitRule)] };
  if (entries.length === 0) return { splitText: [messages.req(names.splitText)] };
  if (entries.length > mostEntries) return { splitText: [texts.tooManyEntries(mostEntries)] };
  const wrong = form.splitRule === 'list' ? entries.findIndex((entry) => !/^[1-9]\d{0,6}$/.test(entry)) : -1;
  return wrong < 0 ? undefined : { splitText: [texts.licenceShape(wrong + 1)] };
}

type Moving = Pick<Change, 'targetId' | 'categoryMap' | 'splitRule' | 'splitEntries' | 'carriesStaff'>;
type Ground = { present: MasterRow; burden: Burden; move: MoveGround | undefined };

/** Whether members may go there by this rule, and what they become there. */
export function decideMove({ present, burden, move }: Ground, form: ProposeForm, kind: 'merge' | 'split'): Outcome<Moving> {
  if (kind === 'merge' && burden.below > 0) return refuseFields({ kind: [texts.belowFirst(burden.below)] });
  if (move?.target === undefined) return refuseFields({ targetCode: [texts.noParent.replace(names.parent, names.target)] });
  const fault = targetFault(present, move.target, form.startsOn);
  if (fault !== undefined) return refuseFields({ targetCode: [fault] });
  if (move.targetBusy) return refuse('conflict', { message: texts.targetBusy });
  const entries = kind === 'split' ? entriesOf(form) : [];
  const wrong = kind === 'split' ? ruleErrors(form, entries) : undefined;
  if (wrong !== undefined) return refuseFields(wrong);
  if (kind === 'split' && move.numbers.members + move.numbers.cases === 0) return refuseFields({ splitText: [texts.nobodyMoves] });
  const missing = move.used.filter((one) => one.becomes === undefined);
  if (missing.length > 0)
    return refuseFields(Object.fromEntries(missing.map((one) => [categoryMapField(one.id), [messages.sel(texts.categoryOf(one.name))]])));
  const categoryMap = Object.fromEntries(
    move.used.flatMap((one) => (one.becomes === undefined ? [] : [[String(one.id), one.becomes] as const])),
  );
  // After a 分割 the association goes on, and with it its staff.
  const carriesStaff = kind === 'merge' && form.carriesStaff;
  return accepted({ targetId: move.target.id, categoryMap, splitRule: ruleOf(form), splitEntries: entries, carriesStaff });
}
