import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import { chainOf } from '#features/association/queries/directory.ts';
import { accountMail } from '#features/identity/queries/account-mail.ts';
import { staffActor } from '#features/identity/queries/staff-actor.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { makeContext } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { describeFailure, JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { keepFile } from './commands/keep-file.ts';
import { isMaking } from './flow.ts';
import { listOf, listTitle } from './lists.ts';
import type { MailText } from './mails/texts.ts';
import { aloneMail, awaitingMail, declinedMail, madeMail } from './mails/texts.ts';
import { isSpoiled, makeFile } from './make-file.ts';
import { exportTexts } from './messages.ts';
import type { ExportRow } from './store.server.ts';
import { findExport } from './store.server.ts';

type Options = { origin: string; log: (message: string) => void };

async function exportOf(ctx: Context, payload: EventPayload): Promise<ExportRow> {
  const { exportId } = payload;
  if (typeof exportId !== 'string') throw new JobError('an export without its id');
  const found = await readTransaction(ctx, async (tx) => await findExport(tx, exportId));
  if (found === undefined) throw new JobError('an export that is not there');
  return found;
}

async function fail(ctx: Context, row: ExportRow): Promise<void> {
  const kept = await run(keepFile, ctx, { id: row.id, rowCount: 0, unmapped: [], made: { as: 'failed' } });
  if (!kept.ok && kept.refusal.code !== 'conflict') throw new JobError(`a failed export was not kept: ${kept.refusal.code}`);
}

/** The bytes of the file, as the clerk who asked sees the list now; his rights are those of the moment. */
async function make(ctx: Context, row: ExportRow): Promise<void> {
  const list = listOf(row.list);
  const actor = await staffActor(ctx.database, { accountId: row.accountId, staffId: row.staffId, now: ctx.now });
  if (list === undefined || actor?.kind !== 'office' || actor.associationId !== row.associationId || actor.role === 'trainingContractor') {
    await fail(ctx, row);
    return;
  }
  const acting = makeContext(ctx, { actor, now: ctx.now, requestId: newId() });
  const ask = { ...row, list, title: list.title, numberWord: exportTexts.numberWord };
  const made = await makeFile(acting, ask);
  const { fileId, rowCount, unmapped, leftOut, ...digests } = made;
  const spoiled = isSpoiled(row, made);
  if (spoiled) await ctx.files.remove(fileId);
  const as = spoiled ? { as: 'unmapped' } : { as: 'file', fileId, ...digests };
  const kept = await run(keepFile, ctx, { id: row.id, rowCount, unmapped, leftOut, made: as });
  if (kept.ok) return;
  await ctx.files.remove(fileId);
  // Another job has made the same file meanwhile: its own is the one that counts.
  if (kept.refusal.code !== 'conflict') throw new JobError(`an export was not kept: ${kept.refusal.code}`);
}

async function makeOrFail(ctx: Context, row: ExportRow, log: Options['log']): Promise<void> {
  try {
    await make(ctx, row);
  } catch (error) {
    if (error instanceof JobError || isDatabaseGone(error)) throw error;
    log(`export ${row.id}: ${describeFailure(error)}`);
    await fail(ctx, row);
  }
}

async function inWriting(ctx: Context, work: (tx: WriteTransaction) => Promise<void>): Promise<void> {
  await writeTransaction(ctx, async (tx) => {
    await work(tx);
    return { value: undefined, commit: true };
  });
}

/** M-48 to one account, once per cause. */
export async function mailMaker(ctx: Context, ask: { accountId: string; cause: string; text: MailText }): Promise<void> {
  const to = await accountMail(ctx.database, ask.accountId);
  if (to === undefined) return;
  await inWriting(ctx, async (tx) => await queueMail(tx, { template: 'M-48', dedupeKey: `M-48:${ask.cause}`, to, ...ask.text }));
}

/** Where an export is shown, for its mails. */
export function exportLink(origin: string, id: string): string {
  return `${origin}/office/exports/${id}`;
}

/** M-48 to some people, each alone, once per cause. */
async function mailEach(
  tx: WriteTransaction,
  addresses: readonly string[],
  { cause, text }: { cause: string; text: MailText },
): Promise<void> {
  for (const to of addresses) {
    const who = createHash('sha256').update(to).digest('hex').slice(0, 16);
    await queueMail(tx, { template: 'M-48', dedupeKey: `M-48:${cause}:${who}`, to, ...text });
  }
}

const rowsOf = ({ rows }: EventPayload) => (typeof rows === 'number' ? rows : 0);

async function askColleagues(ctx: Context, row: ExportRow, about: { origin: string; rows: number }): Promise<void> {
  const own = await accountMail(ctx.database, row.accountId);
  const facts = { number: row.number, title: listTitle(row.list), link: exportLink(about.origin, row.id) };
  const text = awaitingMail(facts, { maker: row.actorName, rows: about.rows });
  await inWriting(ctx, async (tx) => {
    const all = await officeMailAddresses(tx, row.associationId, ctx.today);
    await mailEach(
      tx,
      all.filter((to) => to !== own),
      { cause: `awaiting:${row.id}`, text },
    );
  });
}

/** Nobody else could say yes: the association above knows of it, without what is in the file. */
async function tellAbove(ctx: Context, row: ExportRow, rows: number): Promise<void> {
  await inWriting(ctx, async (tx) => {
    const [own, above] = await chainOf(tx, row.associationId, ctx.today);
    if (own === undefined || above === undefined) return;
    const text = aloneMail({ number: row.number, title: listTitle(row.list) }, { office: own.name, rows });
    await mailEach(tx, await officeMailAddresses(tx, above.id, ctx.today), { cause: `alone:${row.id}`, text });
  });
}

/** What follows the steps of an export: its file, and M-48 (`screens.md O-23, 8`). */
export function exportReactions(options: Options): Reactions {
  const { origin, log } = options;
  const facts = (row: ExportRow) => ({ number: row.number, title: listTitle(row.list), link: exportLink(origin, row.id) });
  return {
    'export.asked': async (ctx, payload) => {
      const row = await exportOf(ctx, payload);
      if (isMaking(row.state)) await makeOrFail(ctx, row, log);
    },
    'export.awaiting': async (ctx, payload) => await askColleagues(ctx, await exportOf(ctx, payload), { origin, rows: rowsOf(payload) }),
    'export.askedAlone': async (ctx, payload) => await tellAbove(ctx, await exportOf(ctx, payload), rowsOf(payload)),
    'export.declined': async (ctx, payload) => {
      const row = await exportOf(ctx, payload);
      await mailMaker(ctx, { accountId: row.accountId, cause: `declined:${row.id}`, text: declinedMail(facts(row)) });
    },
    'export.made': async (ctx, payload) => {
      const row = await exportOf(ctx, payload);
      const { exportFetchHours: hours } = await readTransaction(ctx, systemSettingsOf);
      const text = madeMail(facts(row), { rows: row.rowCount ?? 0, hours });
      await mailMaker(ctx, { accountId: row.accountId, cause: `made:${row.id}`, text });
    },
  };
}
