import type { Day } from '#kernel/day.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { associationsById, categoriesOf, childrenOf, codeList } from '#features/association/queries/directory.ts';
import { selectedMembers } from '#features/membership/queries/selection.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { actsOn, readersOf, surroundingOf } from '../commands/publish.ts';
import type { NoticeFile } from '../file.store.server.ts';
import { findFile, listFiles } from '../file.store.server.ts';
import { conditionValues } from '../condition.ts';
import type { ShownState } from '../flow.ts';
import { shownState } from '../flow.ts';
import type { NoticeChoices, Option } from '../labels.ts';
import { conditionLines, targetLabels } from '../labels.ts';
import { mayManage } from '../policy.ts';
import { faultsOf, hasReaders, targetsFor } from '../rules.ts';
import type { NoticeTarget } from '../schema.ts';
import { fileInput, noticeIdInput } from '../schema.ts';
import type { NoticeRow } from '../store.server.ts';
import { categoryNames, countReads, findNotice, listCategories } from '../store.server.ts';
import { officeOf, publishersOnly } from './office-notices.ts';
import { z } from 'zod';

const jmaId = 0;

const optionsOf = (rows: readonly { code: string; label: string }[]): Option[] => rows.map(({ code, label }) => ({ value: code, label }));

async function choicesOf(tx: ReadTransaction, ctx: Context): Promise<NoticeChoices> {
  const office = officeOf(ctx);
  const below = await childrenOf(tx, office.associationId, ctx.today);
  const categories = async (id: number) =>
    (await categoriesOf(tx, [id], ctx.today)).map((row) => ({ value: String(row.id), label: row.name }));
  return {
    categories: (await listCategories(tx, office.associationId, ctx.today)).map(({ id, name }) => ({ value: String(id), label: name })),
    targets: targetsFor(office, below.length > 0).map((value) => ({ value, label: targetLabels[value] })),
    memberCategories: await categories(office.associationId),
    jmaCategories: office.associationId === jmaId ? [] : await categories(jmaId),
    lower: below.map(({ id, name }) => ({ value: String(id), label: name })),
    works: optionsOf(await codeList(tx, 'work', ctx.today)),
    positions: optionsOf(await codeList(tx, 'position', ctx.today)),
    designations: optionsOf(await codeList(tx, 'designation', ctx.today)),
    owners: optionsOf(await codeList(tx, 'ownerType', ctx.today)),
    departments: optionsOf(await codeList(tx, 'department', ctx.today)),
    schools: optionsOf(await codeList(tx, 'school', ctx.today)),
    leftReasons: optionsOf(await codeList(tx, 'reason.withdrawal', ctx.today)),
  };
}

const slashed = (on: Day | null) => on?.replaceAll('-', '/') ?? '';

/** The form as it was kept. */
function valuesOf(row: NoticeRow): Record<string, string | string[]> {
  return {
    title: row.title,
    category1: String(row.category1Id ?? ''),
    category2: String(row.category2Id ?? ''),
    lead: row.lead,
    body: row.body,
    target: row.target ?? '',
    ...conditionValues(row.condition),
    startsOn: slashed(row.startsOn),
    endsOn: slashed(row.endsOn),
    ...(row.important ? { important: '1' } : {}),
    ...(row.byMail ? { byMail: '1' } : {}),
    mailHour: String(row.mailHour),
  };
}

export type NoticeForm = {
  id: string | undefined;
  version: number | undefined;
  today: Day;
  choices: NoticeChoices;
  values: Record<string, string | string[]> | undefined;
  files: NoticeFile[];
  /** Members chosen in 会員情報管理 for whom the notice can be. */
  selected: { id: string; members: number } | undefined;
};

async function selectedOf(tx: ReadTransaction, ctx: Context, id: string | undefined): Promise<NoticeForm['selected']> {
  const members = id === undefined ? undefined : await selectedMembers(tx, id, officeOf(ctx).associationId);
  return id === undefined || members === undefined ? undefined : { id, members };
}

/** What an empty form needs. */
export const newNotice = query({
  name: 'notice.new',
  input: z.object({ selection: z.uuid().optional().catch(undefined) }),
  allow: publishersOnly,
  read: async (tx, { selection }, ctx): Promise<NoticeForm> => ({
    id: undefined,
    version: undefined,
    today: ctx.today,
    choices: await choicesOf(tx, ctx),
    values: undefined,
    files: [],
    selected: await selectedOf(tx, ctx, selection),
  }),
  audit: 'nothing',
});

/** The form of a notice that may still be written; undefined for one that runs. */
export const noticeForm = query({
  name: 'notice.form',
  input: noticeIdInput,
  allow: publishersOnly,
  read: async (tx, { id }, ctx): Promise<NoticeForm | undefined> => {
    const row = await findNotice(tx, id);
    if (row === undefined || !mayManage(ctx.actor, row) || !actsOn(row, ctx).edit) return undefined;
    return {
      id,
      version: row.version,
      today: ctx.today,
      choices: await choicesOf(tx, ctx),
      values: valuesOf(row),
      files: await listFiles(tx, id),
      selected: await selectedOf(tx, ctx, row.condition.selection),
    };
  },
  audit: 'nothing',
});

export type NoticeDetail = {
  id: string;
  version: number;
  association: string;
  title: string;
  category1: string;
  category2: string;
  lead: string;
  body: string;
  startsOn: Day | null;
  endsOn: Day | null;
  important: boolean;
  shown: ShownState;
  target: NoticeTarget | null;
  conditions: string[];
  /** Counted today where the notice is not registered yet. */
  readers: number | null;
  reads: number | undefined;
  mail: { hour: number; at: Date | null; sent: number } | undefined;
  writerName: string;
  files: NoticeFile[];
  faults: FieldErrors;
  may: { edit: boolean; publish: boolean; end: boolean };
};

/** One notice of the own office: how it looks, whom it is for, who has read it. */
export const officeNotice = query({
  name: 'notice.one',
  input: noticeIdInput,
  allow: publishersOnly,
  read: async (tx, { id }, ctx): Promise<NoticeDetail | undefined> => {
    const row = await findNotice(tx, id);
    if (row === undefined || !mayManage(ctx.actor, row)) return undefined;
    const names = await categoryNames(tx, [row.category1Id, row.category2Id]);
    const [association] = await associationsById(tx, [row.associationId], ctx.today);
    const may = actsOn(row, ctx);
    const nameOf = (category: number | null) => (category === null ? '' : (names.get(category) ?? ''));
    return {
      id,
      version: row.version,
      association: association?.name ?? '',
      title: row.title,
      category1: nameOf(row.category1Id),
      category2: nameOf(row.category2Id),
      lead: row.lead,
      body: row.body,
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      important: row.important,
      shown: shownState(row, ctx.today),
      target: row.target,
      conditions: conditionLines(row.condition, await choicesOf(tx, ctx)),
      readers: may.publish ? await readersOf(tx, ctx, row) : row.readers,
      reads: may.publish || !hasReaders(row.target) ? undefined : ((await countReads(tx, [id])).get(id) ?? 0),
      mail: row.byMail ? { hour: row.mailHour, at: row.mailAt, sent: row.mailed } : undefined,
      writerName: row.writerName,
      files: await listFiles(tx, id),
      faults: may.publish ? faultsOf(row, await surroundingOf(tx, ctx, row.associationId)) : {},
      may,
    };
  },
  audit: 'nothing',
});

/** An attachment of the own office's notice, of any state. */
export const officeNoticeFile = query({
  name: 'notice.officeFile',
  input: fileInput,
  allow: publishersOnly,
  read: async (tx, { id, fileId }, ctx): Promise<NoticeFile | undefined> => {
    const row = await findNotice(tx, id);
    return row === undefined || !mayManage(ctx.actor, row) ? undefined : await findFile(tx, { noticeId: id, id: fileId });
  },
  audit: 'nothing',
});
