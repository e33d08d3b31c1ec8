import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Association, MemberCategory } from '#features/association/queries/directory.ts';
import { categoriesOf, chainOf, settingsOn } from '#features/association/queries/directory.ts';
import type { Origin } from '#features/application/commands/origin.ts';
import { beforeOf, detailsOfGroup, leavesApart, originsOf } from '#features/application/commands/origin.ts';
import { changeForm, transferForm, withdrawalDraft } from '#features/application/forms.ts';
import { loadWithdrawalAround } from '#features/application/queries/withdrawal-around.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { joinForm } from '#features/application/schema.ts';
import { openLines } from '#features/application/upper-rules.ts';
import { leavingLines } from '#features/application/withdrawal-rules.ts';
import { memberAmong } from '#features/membership/queries/standing.ts';
import type { Person } from '#features/person/queries/person.ts';
import { messages } from '#kernel/messages.ts';
import type { Context } from '#platform/context.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { SheetColumn } from '../messages.ts';
import { sheetColumns, sheetTexts } from '../messages.ts';
import type { SheetRow } from '../rules.ts';

/** A line of the file as the form of its paper, as the pages would have filled it in. */

export type Line = { row: SheetRow; person: Person; association: Association; reason: string; needsText: boolean; workplace: RawDetails };

type Told = { column: SheetColumn; message: string };

export type Filled = { form: Json } | { faults: Told[] };

const layerColumns = { 1: 'category1', 2: 'category2', 3: 'category3', 4: 'category4' } as const satisfies Record<number, SheetColumn>;

type Chosen = { choices: { associationId: number; categoryId: number }[]; faults: Told[] };

type Link = Pick<Association, 'id' | 'layer' | 'name'>;

/** The categories that a line names for the associations of a chain; `held` is taken where nothing stands. */
function chosen(
  row: SheetRow,
  chain: readonly Link[],
  known: { categories: readonly MemberCategory[]; held: ReadonlyMap<number, number> },
): Chosen {
  const answer: Chosen = { choices: [], faults: [] };
  for (const link of chain) {
    const column = layerColumns[link.layer];
    const value = row.cells[column];
    const own = known.categories.filter((one) => one.associationId === link.id);
    const found = own.find((one) => one.code === value) ?? own.find((one) => one.name === value);
    const categoryId = value === '' ? known.held.get(link.id) : found?.id;
    if (categoryId !== undefined) answer.choices.push({ associationId: link.id, categoryId });
    else if (value !== '') answer.faults.push({ column, message: sheetTexts.noCategory(value, link.name) });
  }
  return answer;
}

async function chainWith(tx: ReadTransaction, lowest: number, on: Day): Promise<{ chain: Link[]; categories: MemberCategory[] }> {
  const chain = await chainOf(tx, lowest, on);
  const ids = chain.map((link) => link.id);
  return { chain, categories: await categoriesOf(tx, ids, on) };
}

function lowestAsked({ row, association }: Line, { choices, faults }: Chosen): Told[] {
  if (faults.length > 0 || choices.some((one) => one.associationId === association.id)) return faults;
  const column = layerColumns[association.layer];
  return [{ column, message: messages.req(sheetColumns[column]) }].filter(() => row.cells[column] === '');
}

async function joinOf(tx: ReadTransaction, ctx: Context, line: Line): Promise<Filled> {
  const { chain, categories } = await chainWith(tx, line.association.id, ctx.today);
  const answer = chosen(line.row, chain, { categories, held: new Map() });
  // Who is a member below asks for what is above.
  const below = await memberAmong(tx, ctx.actor, { personId: line.person.id, associationIds: [line.association.id] });
  const faults = below.length > 0 ? answer.faults : lowestAsked(line, answer);
  if (faults.length > 0) return { faults };
  const details = { ...line.workplace, wishedOn: formatDayPlain(line.row.wishedOn), note: line.row.cells.note };
  const way = { way: 'association', prefecture: '', lowestAssociationId: line.association.id, direct: false };
  const form = joinForm.safeParse({ ...way, choices: answer.choices, details });
  return form.success ? { form: form.data } : { faults: [{ column: 'category1', message: messages.req(sheetColumns.category1) }] };
}

function standing(origin: Origin) {
  return { affiliationId: origin.id, before: beforeOf(origin), workplaceBefore: origin.facilityName ?? '' };
}

function reasonOf({ row, reason, needsText }: Line) {
  return { reason, reasonText: needsText ? row.cells.note : '' };
}

async function changeOf(tx: ReadTransaction, ctx: Context, line: Line): Promise<Filled> {
  const { row, person, association, workplace } = line;
  const origin = (await originsOf(tx, ctx, person.id)).find((one) => one.carried.some((place) => place.associationId === association.id));
  if (origin === undefined) return { faults: [{ column: 'association', message: sheetTexts.notMember }] };
  const places = origin.carried.map(({ associationId, layer, name }) => ({ id: associationId, layer: layerOf(layer), name }));
  const ids = places.map((place) => place.id);
  const held = new Map(origin.carried.map((place) => [place.associationId, place.categoryId]));
  const { choices, faults } = chosen(row, places, { categories: await categoriesOf(tx, ids, ctx.today), held });
  if (faults.length > 0) return { faults };
  const changes = choices.filter((one) => held.get(one.associationId) !== one.categoryId);
  const facility = row.cells.facility === '' ? { keepFacility: 'on' } : {};
  const typed = Object.fromEntries(Object.entries(workplace).filter(([, value]) => value !== ''));
  const details = { ...detailsOfGroup(origin), ...typed, ...facility, wishedOn: formatDayPlain(row.wishedOn), note: row.cells.note };
  return { form: changeForm.parse({ ...standing(origin), ...reasonOf(line), changes, details }) };
}

function layerOf(layer: number): Association['layer'] {
  if (layer === 1 || layer === 2 || layer === 3 || layer === 4) return layer;
  throw new RangeError(`no such layer: ${layer}`);
}

async function transferOf(tx: ReadTransaction, ctx: Context, line: Line): Promise<Filled> {
  const { row, person, association, workplace } = line;
  const [origin, ...others] = await originsOf(tx, ctx, person.id);
  if (origin === undefined) return { faults: [{ column: 'licence', message: sheetTexts.noGroup }] };
  if (others.length > 0) return { faults: [{ column: 'licence', message: sheetTexts.severalGroups }] };
  const { chain, categories } = await chainWith(tx, association.id, ctx.today);
  const held = new Map(origin.carried.map((place) => [place.associationId, place.categoryId]));
  const answer = chosen(row, chain, { categories, held });
  const faults = lowestAsked(line, answer);
  if (faults.length > 0) return { faults };
  const lowest = origin.carried.slice(0, 1).map((place) => place.associationId);
  const apart = leavesApart(origin, await settingsOn(tx, lowest, ctx.today));
  const destination = { way: 'association', lowestAssociationId: association.id, direct: false, choices: answer.choices };
  const wishedOn = formatDayPlain(row.wishedOn);
  const leaveOn = apart ? {} : { leaveOn: formatDayPlain(addDays(row.wishedOn, -1)) };
  const details = { ...workplace, ...leaveOn, wishedOn, note: row.cells.note };
  return { form: transferForm.parse({ ...standing(origin), ...reasonOf(line), destination, leaveApart: apart, details }) };
}

async function leaveOf(tx: ReadTransaction, ctx: Context, line: Line): Promise<Filled> {
  const { row, person, association, reason } = line;
  const around = await loadWithdrawalAround(tx, ctx, { personId: person.id, target: undefined });
  const found = around.affiliations.find((one) => openLines(one).some((place) => place.associationId === association.id));
  if (found === undefined) return { faults: [{ column: 'association', message: sheetTexts.notMember }] };
  const form = withdrawalDraft.parse({
    affiliationId: found.id,
    leave: leavingLines(found, [association.id]).map((place) => place.associationId),
    before: found.lines.map(({ associationId, categoryId }) => ({ associationId, categoryId })),
    workplaceBefore: found.facility,
    details: { wishedOn: formatDayPlain(row.wishedOn), reason, reasonText: reasonOf(line).reasonText },
  });
  return { form };
}

/** The form of a line; what it leaves open is judged by the rules of its paper. */
export async function formOf(tx: ReadTransaction, ctx: Context, line: Line): Promise<Filled> {
  switch (line.row.kind) {
    case 'join':
      return await joinOf(tx, ctx, line);
    case 'change':
      return await changeOf(tx, ctx, line);
    case 'transfer':
      return await transferOf(tx, ctx, line);
    case 'withdrawal':
      return await leaveOf(tx, ctx, line);
  }
}
