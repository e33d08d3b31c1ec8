import { codeList } from '#features/association/queries/directory.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { LabelOmission, SheetLabel } from '#platform/sheet/address-label.ts';
import type { LabelRow, SheetPage } from '#platform/sheet/list-definition.ts';
import type { MemberPlace, PostalWish, SingleWish } from '../member-mailing.store.server.ts';
import { listMemberPlaces, listPostalWishes, listSingleWishes } from '../member-mailing.store.server.ts';
import { listMemberFacts } from '../member-sheet.store.server.ts';
import type { MemberRow } from '../member.store.server.ts';
import { listMembers } from '../member.store.server.ts';
import { defaultPostalChoice, labelOf } from '../postal-label.ts';
import type { MemberFacts } from '../sheet-fields.ts';
import { fadedAmong } from './faded.ts';
import type { MemberFilter } from './member-filter.ts';
import { memberScope } from './members.ts';

type Around = {
  facts: ReadonlyMap<string, MemberFacts>;
  wishes: ReadonlyMap<string, PostalWish>;
  single: ReadonlyMap<string, SingleWish> | undefined;
  places: ReadonlyMap<string, MemberPlace[]>;
  faded: ReadonlySet<string>;
  prefecture: ReadonlyMap<string, string>;
};

async function aroundLabels(tx: ReadTransaction, ctx: Context, ask: { ids: readonly string[]; mailing: number | null }): Promise<Around> {
  const { ids, mailing } = ask;
  const byPerson = <Row extends { personId: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.personId, row]));
  const prefectures = await codeList(tx, 'prefecture', ctx.today);
  return {
    facts: byPerson(await listMemberFacts(tx, ids)),
    wishes: byPerson(await listPostalWishes(tx, ids)),
    single: mailing === null ? undefined : byPerson(await listSingleWishes(tx, ids, { id: mailing, today: ctx.today })),
    places: Map.groupBy(await listMemberPlaces(tx, ids, ctx.today), (place) => place.personId),
    faded: await fadedAmong(tx, ctx, ids),
    prefecture: new Map(prefectures.map((row) => [row.code, row.label])),
  };
}

/** Where a member's mail goes: this mailing's own choice before the one that holds for all. */
function choiceOf(row: MemberRow, around: Around) {
  const kept = around.wishes.get(row.personId) ?? defaultPostalChoice;
  const sendTo = around.single?.get(row.personId)?.sendTo ?? kept.sendTo;
  return { ...kept, sendTo };
}

function labelFor(row: MemberRow, around: Around): SheetLabel | LabelOmission {
  if (row.diedOn !== null) return 'died';
  if (around.single !== undefined && around.single.get(row.personId)?.meant !== true) return 'outside';
  const choice = choiceOf(row, around);
  if (choice.sendTo === 'none') return 'refused';
  const facts = around.facts.get(row.personId);
  if (facts === undefined || around.faded.has(row.personId)) return 'noAddress';
  const line = facts.addressLine === '' ? '' : `${around.prefecture.get(facts.prefectureCode) ?? ''}${facts.addressLine}`;
  const to = { ...facts, home: [line, line === '' ? '' : facts.building] };
  return labelOf(choice, { places: around.places.get(row.personId) ?? [], to, former: facts.useFormerName }) ?? 'noAddress';
}

type Ask = { filter: MemberFilter; after: string; limit: number; mailing: number | null };

/** A page of members as address labels (`screens.md O-07`): the dead are never written to, nor who wants nothing. */
export async function memberLabelPage(tx: ReadTransaction, ctx: Context, ask: Ask): Promise<SheetPage<LabelRow>> {
  const { filter, after, limit, mailing } = ask;
  const scope = await memberScope(tx, ctx, filter);
  const found = await listMembers(tx, scope, { filter, from: after, backwards: false, limit, dense: scope.large });
  const around = await aroundLabels(tx, ctx, { ids: found.map((row) => row.personId), mailing });
  const rows = found.map((row) => ({ recordId: row.personId, personId: row.personId, label: labelFor(row, around) }));
  return { rows, after: found.length < limit ? undefined : found.at(-1)?.personId };
}
