import { codeList, codeLists } from '#features/association/queries/directory.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction, type ReadTransaction } from '#platform/db/transaction.ts';
import { findPostalAddress } from '#platform/postal/postal-codes.ts';
import type { Day } from '#kernel/day.ts';
import type { ProfileCodes } from '../rules.ts';

/** What the fields of a profile offer (`screens.md A-07`); nothing in it is about a person. */

type Option = { value: string; label: string };

export type ProfileOptions = {
  prefectures: readonly Option[];
  mainDepartments: readonly Option[];
  departments: readonly Option[];
};

const mostHits = 20;

/** A yes of the masters' CSV. */
function says(detail: unknown, name: string): boolean {
  return typeof detail === 'object' && detail !== null && Object.entries(detail).some(([key, value]) => key === name && value === 'yes');
}

async function departmentsOn(tx: ReadTransaction, on: Day) {
  const all = await codeList(tx, 'department', on);
  const options = (name: string) => all.filter((row) => says(row.detail, name)).map((row) => ({ value: row.code, label: row.label }));
  return { main: options('selectable_as_main'), other: options('selectable_as_other') };
}

/** The lists of the form. */
export async function profileOptions(ctx: Context): Promise<ProfileOptions> {
  return await readTransaction(ctx, async (tx) => {
    const departments = await departmentsOn(tx, ctx.today);
    const prefectures = await codeList(tx, 'prefecture', ctx.today);
    return {
      prefectures: prefectures.map((row) => ({ value: row.code, label: row.label })),
      mainDepartments: departments.main,
      departments: departments.other,
    };
  });
}

/** The codes that may be stored, for `unknownCodes`. */
export async function profileCodes(tx: ReadTransaction, on: Day): Promise<ProfileCodes> {
  const departments = await departmentsOn(tx, on);
  const codes = await codeLists(tx, ['prefecture', 'school'], on);
  return {
    prefecture: codes('prefecture').map((row) => row.code),
    mainDepartment: departments.main.map((one) => one.value),
    department: departments.other.map((one) => one.value),
    school: codes('school').map((row) => row.code),
  };
}

function textsIn(row: { label: string; kana: string; detail: unknown }): string[] {
  const aliases =
    typeof row.detail === 'object' && row.detail !== null && 'aliases' in row.detail && typeof row.detail.aliases === 'string'
      ? row.detail.aliases.split('|')
      : [];
  return [row.label, row.kana, ...aliases];
}

/** Schools or societies of the master whose name, kana or former name holds the text, folded (`rules.md 10`). */
async function find(ctx: Context, list: 'school' | 'society', q: string): Promise<{ code: string; label: string }[]> {
  const part = foldName(q.slice(0, 60));
  if (part === '') return [];
  const rows = await readTransaction(ctx, (tx) => codeList(tx, list, ctx.today));
  return rows.filter((row) => textsIn(row).some((text) => foldName(text).includes(part))).slice(0, mostHits);
}

/** 出身校 by a part of its name, also a former one. */
export async function findSchools(ctx: Context, q: string): Promise<Option[]> {
  return (await find(ctx, 'school', q)).map((row) => ({ value: row.code, label: row.label }));
}

/** 日本医学会分科会等 by a part of the name; kept by name, because others are typed by hand. */
export async function findSocieties(ctx: Context, q: string): Promise<Option[]> {
  return (await find(ctx, 'society', q)).map((row) => ({ value: row.label, label: row.label }));
}

/** The name of a school by its code, '' when there is none. */
export async function schoolName(ctx: Context, code: string): Promise<string> {
  if (code === '') return '';
  const rows = await readTransaction(ctx, (tx) => codeList(tx, 'school', ctx.today));
  return rows.find((row) => row.code === code)?.label ?? '';
}

/** 住所を検索: prefecture and place of a postal code of any width; undefined when no home has it. */
export function addressOfPostalCode(code: string): { prefectureCode: string; line: string } | undefined {
  return /^\d{7}$/.test(code) ? findPostalAddress(code) : undefined;
}
