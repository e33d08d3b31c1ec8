import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import { isId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Refusal } from '#kernel/refusal.ts';
import type { PreparedPaper } from '#features/application/commands/prepare-paper.ts';
import { preparePaper } from '#features/application/commands/prepare-paper.ts';
import type { ProxyFacts } from '#features/application/proxy-facts.ts';
import { groundCodes } from '#features/application/proxy-facts.ts';
import type { RawDetails } from '#features/application/schema.ts';
import type { Association, CodeValue } from '#features/association/queries/directory.ts';
import { openAssociationsById, codeLists } from '#features/association/queries/directory.ts';
import { findFacility, searchForFacilities } from '#features/facility/queries/facility.ts';
import type { Person } from '#features/person/queries/person.ts';
import { personsByLicence } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetFileTexts } from '#platform/sheet/messages.ts';
import { wrongColumns } from '#platform/sheet/layout.ts';
import { readCsv } from '#platform/sheet/read-csv.ts';
import { z } from 'zod';
import type { SheetColumn } from '../messages.ts';
import { sheetColumns, sheetTexts } from '../messages.ts';
import type { Fault, SheetRow } from '../rules.ts';
import { columnNames, columnOf, readRow, repeated } from '../rules.ts';
import { mostRows } from '../schema.ts';
import { formOf } from './row-forms.ts';

/** A whole file judged: every line by the rules of its paper, nothing kept. */

export type ReadyRow = { row: SheetRow; person: Person; prepared: PreparedPaper; form: Json };

export type JudgedSheet = {
  /** Why the file as a whole cannot be used. */
  broken: string | undefined;
  total: number;
  ready: ReadyRow[];
  faults: (Fault & { licence: string; name: string })[];
};

type Lists = Readonly<Record<'change' | 'transfer' | 'withdrawal' | 'proxy' | 'work' | 'position', readonly CodeValue[]>>;

type Known = { lists: Lists; persons: ReadonlyMap<string, Person>; associations: readonly Association[] };

/** The lines of a text as papers and faults; what is said of the file as a whole comes first. */
export function readSheet(text: string): { broken: string } | { rows: SheetRow[]; faults: Fault[]; total: number } {
  const lines = readCsv(text);
  if (lines === undefined) return { broken: sheetFileTexts.unreadable };
  const [head, ...rest] = lines;
  const wrong = wrongColumns(
    head?.cells ?? [],
    columnNames.map((name) => sheetColumns[name]),
  );
  if (wrong.length > 0) return { broken: sheetTexts.header(wrong.join('、')) };
  if (rest.length === 0) return { broken: sheetTexts.empty };
  if (rest.length > mostRows) return { broken: sheetTexts.mostRows(rest.length, mostRows) };
  const read = rest.map(({ line, cells }) => readRow(line, cells));
  const rows = read.flatMap((one) => ('row' in one ? [one.row] : []));
  return { rows, faults: [...read.flatMap((one) => ('faults' in one ? one.faults : [])), ...repeated(rows)], total: rest.length };
}

async function loadKnown(tx: ReadTransaction, ctx: Context, rows: readonly SheetRow[]): Promise<Known> {
  const list = await codeLists(
    tx,
    ['reason.change', 'reason.transfer', 'reason.withdrawal', 'reason.proxy', 'work', 'position'],
    ctx.today,
  );
  const codes = rows.map((row) => row.cells.association).filter((code) => /^\d{1,5}$/.test(code));
  const persons = await personsByLicence(
    tx,
    rows.map((row) => row.licence),
  );
  return {
    lists: {
      change: list('reason.change'),
      transfer: list('reason.transfer'),
      withdrawal: list('reason.withdrawal'),
      proxy: list('reason.proxy').filter((one) => one.code !== groundCodes.death && one.code !== groundCodes.missing),
      work: list('work'),
      position: list('position'),
    },
    persons: new Map(persons.map((person) => [person.licenceNumber, person])),
    associations: await openAssociationsById(tx, [...new Set(codes.map(Number))], ctx.today),
  };
}

function valueIn(list: readonly CodeValue[], text: string): CodeValue | undefined {
  return list.find((one) => one.code === text) ?? list.find((one) => one.label === text);
}

type Finding = { column: SheetColumn | undefined; message: string };

const reasonDetail = z.object({ requires_text: z.string() }).partial().catch({});

/** Words of the line as codes; what is not known is said of its column. */
function codesOf({ cells, kind, askedOn }: SheetRow, { lists }: Known, today: Day) {
  const faults: Finding[] = [];
  const code = (column: 'work' | 'position' | 'ground' | 'reason', list: readonly CodeValue[]): CodeValue | undefined => {
    if (cells[column] === '') return undefined;
    const found = valueIn(list, cells[column]);
    if (found === undefined) faults.push({ column, message: sheetTexts.unknown(cells[column]) });
    return found;
  };
  const reason = kind === 'join' ? undefined : code('reason', lists[kind]);
  const codes = { reason, work: code('work', lists.work), position: code('position', lists.position), ground: code('ground', lists.proxy) };
  if (askedOn > today) faults.push({ column: 'askedOn', message: messages.past(sheetColumns.askedOn) });
  return { ...codes, faults };
}

async function facilityOf(tx: ReadTransaction, text: string): Promise<{ id: string } | { fault: string }> {
  if (text === '') return { id: '' };
  if (isId(text)) return (await findFacility(tx, text)) === undefined ? { fault: sheetTexts.noFacility } : { id: text };
  const hits = (await searchForFacilities(tx, { q: text, prefecture: '' })).filter((one) => foldName(one.name) === foldName(text));
  const [only, second] = hits;
  if (second !== undefined) return { fault: sheetTexts.severalFacilities };
  return only === undefined ? { fault: sheetTexts.noFacility } : { id: only.id };
}

function findingsOf(refusal: Refusal): Finding[] {
  const fields = Object.entries(refusal.fields ?? {});
  if (fields.length === 0) return [{ column: undefined, message: refusal.message }];
  return fields.flatMap(([field, texts]) => texts.map((message) => ({ column: columnOf(field), message })));
}

async function judgeRow(tx: ReadTransaction, ctx: Context, { row, known }: { row: SheetRow; known: Known }): Promise<ReadyRow | Finding[]> {
  const person = known.persons.get(row.licence);
  if (person === undefined || person.birthOn !== row.birthOn) return [{ column: 'licence', message: sheetTexts.noMember }];
  const association = known.associations.find((one) => one.code === row.cells.association.padStart(5, '0'));
  const { faults, reason, work, position, ground } = codesOf(row, known, ctx.today);
  const facility = await facilityOf(tx, row.cells.facility);
  if ('fault' in facility) faults.push({ column: 'facility', message: facility.fault });
  if (association === undefined) faults.push({ column: 'association', message: sheetTexts.noAssociation(row.cells.association) });
  if (association === undefined || 'fault' in facility || ground === undefined || faults.length > 0) return faults;
  const needsText = reasonDetail.parse(reason?.detail).requires_text === 'yes';
  const place: RawDetails = facility.id === '' ? { facilityUndecided: 'on' } : { facilityId: facility.id };
  const workplace: RawDetails = { ...place, workCode: work?.code ?? '', positionCode: position?.code ?? '' };
  const filled = await formOf(tx, ctx, { row, person, association, reason: reason?.code ?? '', needsText, workplace });
  if ('faults' in filled) return filled.faults;
  const facts = factsOf(row, ground.code);
  const prepared = await preparePaper(tx, ctx, { person, kind: row.kind, form: filled.form, facts });
  return prepared.ok ? { row, person, prepared: prepared.value, form: filled.form } : findingsOf(prepared.refusal);
}

function factsOf({ askedOn, cells }: SheetRow, ground: string): ProxyFacts {
  return { why: 'request', ground, askedOn, askedHow: cells.note === '' ? sheetTexts.askedBySheet : cells.note };
}

/** Judges every line of a file as of now. One after the other: the lines of a file are many, the connections of the database few. */
export async function judgeSheet(tx: ReadTransaction, ctx: Context, text: string): Promise<JudgedSheet> {
  const read = readSheet(text);
  if ('broken' in read) return { broken: read.broken, total: 0, ready: [], faults: [] };
  const known = await loadKnown(tx, ctx, read.rows);
  const twice = new Set(read.faults.map((fault) => fault.line));
  const ready: ReadyRow[] = [];
  const faults = [...read.faults];
  for (const row of read.rows.filter((one) => !twice.has(one.line))) {
    const judged = await judgeRow(tx, ctx, { row, known });
    if (!Array.isArray(judged)) ready.push(judged);
    else
      faults.push(
        ...judged.map(({ column, message }) => ({ line: row.line, column, value: column === undefined ? '' : row.cells[column], message })),
      );
  }
  return { broken: undefined, total: read.total, ready, faults: named(faults, read.rows, known) };
}

/** Faults in the order of the file, with whom they are about as far as we may know him. */
function named(faults: readonly Fault[], rows: readonly SheetRow[], { persons }: Known): JudgedSheet['faults'] {
  const byLine = new Map(rows.map((row) => [row.line, row]));
  return faults
    .toSorted((a, b) => a.line - b.line)
    .map((fault) => {
      const row = byLine.get(fault.line);
      const person = row === undefined ? undefined : persons.get(row.licence);
      const known = person !== undefined && row?.birthOn === person.birthOn;
      return { ...fault, licence: row?.licence ?? '', name: known ? `${person.surname} ${person.givenName}` : '' };
    });
}
