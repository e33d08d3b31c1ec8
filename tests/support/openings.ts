import { newId } from '#kernel/id.ts';
import { proposeBatch } from '#features/association/commands/keep-batch.ts';
import { openAssociation } from '#features/association/commands/open-association.ts';
import { withdrawOpening } from '#features/association/commands/withdraw-opening.ts';
import type { SheetColumn } from '#features/association/master-sheet.ts';
import { adminNames, columnNames, wideLabels } from '#features/association/master-sheet.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { csvLine } from '#platform/sheet/csv.ts';
import type { World } from './world.ts';

/** New associations of 医師会マスタ with a 設立日 to come (`screens.md J-02`), for tests. */

const jma = { id: 0, name: '日本医師会', layer: 1 } as const;

/** Two 管理者 of the JMA. */
export const keepers = { first: officeActor(jma), second: officeActor(jma) };

export const newAdmin = {
  surname: '初期',
  givenName: '花子',
  surnameKana: 'ショキ',
  givenNameKana: 'ハナコ',
  adminMail: 'first@example.jp',
};

/** 新規登録 as the form sends it, but for the code. */
export const openingForm = {
  name: '予定の医師会',
  kana: 'ヨテイノイシカイ',
  layer: '3',
  parentCode: '27000',
  kind: 'district',
  prefectureCode: '27',
  opensOn: '2026/04/01',
  ...newAdmin,
};

/** The last minute before that day, and the day itself. */
export const dayBefore = new Date('2026-03-31T14:59:00Z');
export const onDay = new Date('2026-04-01T03:00:00Z');

type Line = Readonly<Partial<Record<SheetColumn, string>>>;

const wide: readonly SheetColumn[] = [...columnNames, ...adminNames];

/** A file with a line for each new association; what a line does not say is as in the form. */
export function openingFile(...lines: readonly Line[]): string {
  const whole = lines.map((line): Line => ({ ...openingForm, kind: '郡市区', ...line }));
  return [wideLabels, ...whole.map((line) => wide.map((column) => line[column] ?? ''))].map((cells) => csvLine(cells)).join('');
}

export type Naming = { id: string; surname: string; mail: string };

/** What tests of openings do again and again, in one world. */
export function openingsIn(world: () => World) {
  return {
    opened: async (code: string, change: Partial<typeof openingForm> = {}): Promise<string> => {
      must(await run(openAssociation, world().as(keepers.first), { ...openingForm, ...change, code }, newId()));
      return code;
    },
    takeBack: async (code: string, by = world().as(keepers.second)) =>
      await run(withdrawOpening, by, { code, withdrawalReason: '議決の見送り' }, newId()),
    entered: async (...lines: readonly Line[]): Promise<string> =>
      must(await run(proposeBatch, world().as(keepers.first), { text: openingFile(...lines), reason: '新設' }, newId())).id,
    /** Who was named as 初期管理者, in the order of the naming. */
    namings: async (code: string): Promise<Naming[]> => {
      const text = 'SELECT id, surname, mail FROM association_first_admin WHERE association_id = $1 ORDER BY named_at';
      return (await world().database.system.query<Naming>(text, [Number(code)])).rows;
    },
    invitations: async (code: string): Promise<number> => {
      const text = 'SELECT 1 FROM staff_invitation WHERE association_id = $1';
      return (await world().database.system.query(text, [Number(code)])).rowCount ?? 0;
    },
  };
}
