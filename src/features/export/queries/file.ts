import { z } from 'zod';
import { dayOfInstant } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted } from '#kernel/refusal.ts';
import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import { ask, query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { fileKinds } from '#platform/files/inspect-file.ts';
import type { SheetFormat } from '#platform/sheet/encoding.ts';
import { areSeveralFiles } from '../fields.ts';
import { listTitle } from '../lists.ts';
import { exportTexts } from '../messages.ts';
import { mayFetch } from '../policy.ts';
import { findExport, findFetch, listPersonParts } from '../store.server.ts';

/** A granted download is good for so many minutes: for slow lines and browsers that ask twice. */
const grantedMinutes = 10;

export type ExportFile = { fileId: string; name: string; size: number; mediaType: string };

const csv = { ending: 'csv', mediaType: 'text/csv' };
const workbook = { ending: fileKinds.xlsx.endings[0], mediaType: fileKinds.xlsx.mediaType };

const labels = { ending: fileKinds.pdf.endings[0], mediaType: fileKinds.pdf.mediaType };

const severalLabels = { ending: 'zip', mediaType: 'application/zip' };

function kindOf(encoding: SheetFormat, rows: number): { ending: string; mediaType: string } {
  if (encoding === 'label') return areSeveralFiles(rows) ? severalLabels : labels;
  return encoding === 'xlsx' ? workbook : csv;
}

type Found = ExportFile & { id: string; number: string; purpose: string; persons: string[][] };

const findFile = query({
  name: 'export.file',
  input: z.object({ id: idInput, eventId: idInput }),
  allow: officeOnly,
  read: async (tx, { id, eventId }, ctx): Promise<Found | undefined> => {
    const row = await findExport(tx, id);
    if (row === undefined || row.fileId === null || !mayFetch(ctx.actor, row, ctx.now)) return undefined;
    const since = new Date(ctx.now.getTime() - grantedMinutes * 60_000);
    const granted = await findFetch(tx, { exportId: id, eventId, accountId: officeOf(ctx).accountId, since });
    if (!granted) return undefined;
    const day = dayOfInstant(row.readyAt ?? row.createdAt).replaceAll('-', '');
    const { ending, mediaType } = kindOf(row.encoding, row.rowCount ?? 0);
    return {
      id,
      mediaType,
      number: row.number,
      purpose: row.purpose,
      fileId: row.fileId,
      size: row.fileSize ?? 0,
      name: `MAMIS_${row.number}_${row.encoding === 'label' ? exportTexts.labels : listTitle(row.list)}_${day}.${ending}`,
      persons: await listPersonParts(tx, id),
    };
  },
  audit: 'nothing',
});

/** The file of a granted fetch; who is in it is on record before a byte leaves (`rules.md 8.1, 8.2`). */
export async function fetchedFile(ctx: Context, raw: unknown): Promise<Outcome<ExportFile>> {
  const found = await ask(findFile, ctx, raw);
  if (!found.ok) return found;
  const { id, number, purpose, persons, fileId, name, size, mediaType } = found.value;
  const note = { action: 'export.fetched', target: id, purpose };
  await ctx.audit.write(
    persons.map((part, place) =>
      auditRow(ctx, { ...note, personIds: [...new Set(part)], detail: { number, part: place + 1, parts: persons.length } }),
    ),
  );
  return accepted({ fileId, name, size, mediaType });
}
