import { actingAccount } from '#kernel/actor.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { memberOffice } from '#features/membership/queries/members.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import type { Inspection } from '#platform/files/keep-file.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import { proxyLabels } from '../labels.ts';
import { recordFile } from '#platform/files/record-file.ts';
import { mostPapers } from '../rules.ts';
import { keepPapersInput } from '../schema.ts';

/** Keeps the records of 証拠書類 between the form and 登録する. */
const keepPapers = command({
  name: 'profile.keepPapers',
  input: keepPapersInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { personId }, ctx) => ((await isMemberHere(tx, ctx, personId)) ? { accountId: actingAccount(ctx.actor) } : undefined),
  allow: (ctx) => memberOffice(ctx),
  decide: (_ctx, { accountId }) => (accountId === undefined ? refuse('forbidden') : accepted(accountId)),
  save: async (tx, { ctx, decision: ownerId, input: { personId, files } }) => {
    for (const file of files) await recordFile(tx, file, { ownerId, at: ctx.now });
    return {
      value: files.map((file) => file.fileId),
      audit: { action: 'profile.keepPapers', target: personId, personIds: [personId], detail: { files: files.length } },
      events: [],
    };
  },
});

type Good = Extract<Inspection, { ok: true }>;

type SentPapers = { personId: string; version: number; files: readonly File[]; kept: number };

/**
 * 証拠書類 of O-09 (`rules.md 3.16`): every file passes the inspection of 提出書類, or none is kept and the refusals stand at
 * the field. The same file of the same form is the same file. Answers with the ids to carry on.
 */
export async function takePapers(ctx: Context, sent: SentPapers): Promise<Outcome<string[]>> {
  const { personId, version, files, kept } = sent;
  if (files.length === 0) return accepted([]);
  if (files.length + kept > mostPapers) return refuseFields({ papers: [proxyLabels.tooManyPapers] });
  const inspections: Inspection[] = [];
  for (const file of files) inspections.push(await inspectUpload(file));
  const refusals = inspections.flatMap((one, index) => (one.ok ? [] : [`「${files[index]?.name ?? ''}」${one.message}`]));
  if (refusals.length > 0) return refuseFields({ papers: refusals });
  const form = [actingAccount(ctx.actor) ?? '', personId, String(version)];
  const stored: StoredFile[] = [];
  for (const one of inspections.filter((each): each is Good => each.ok)) {
    stored.push(await keepFile(ctx, one, derivedId('profilePaper', ...form, one.file.fileName, one.file.sha256)));
  }
  return await run(keepPapers, ctx, { personId, files: stored });
}
