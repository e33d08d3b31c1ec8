import type { Day } from '#kernel/day.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { deskSections, type DeskSection } from '../fields.ts';
import { findFile } from '../file.store.server.ts';
import type { InquiryAction } from '../flow.ts';
import { awaitsAnswer } from '../flow.ts';
import type { StateTone } from '../labels.ts';
import { askerText, deskLabel, honoured, inquiryStateLabel, inquiryStateTone, kindLabels } from '../labels.ts';
import { actionsFor, isAsker, maySeeInquiry, wasDesk } from '../policy.ts';
import type { Desk } from '../rules.ts';
import { sameDesk, jmaDesk } from '../rules.ts';
import { fileInput, inquiryIdInput } from '../schema.ts';
import type { FileRow, Inquiry } from '../store.server.ts';
import { findInquiry, listFiles, listMessages, listPasses } from '../store.server.ts';

/** One お問合せ with its thread (`screens.md D-15, O-26, P-05`). */

type ThreadLine = { id: string; from: string; at: string; body: string; own: boolean; files: FileRow[] };

export type InquiryView = {
  id: string;
  number: string;
  version: number;
  kind: string;
  subject: string;
  state: string;
  tone: StateTone;
  asker: string;
  /** Of a guest: where the answer goes. Desks only. */
  askerMail: string;
  association: string;
  application: { id: string; number: string } | undefined;
  desk: string;
  askedAt: string;
  dueOn: Day;
  late: boolean;
  messages: ThreadLine[];
  /** Handed from desk to desk; desks only. */
  passes: { id: string; text: string; at: string; reason: string; by: string }[];
  /** A question of one's own, or one that lies (or lay) at one's desk. */
  side: 'asker' | 'desk';
  may: InquiryAction[];
  /** 担当課 it can be passed on to. */
  sections: DeskSection[];
  passableToOperations: boolean;
};

function people({ actor }: Context): true | Refused {
  return ['doctor', 'office', 'operations'].includes(actor.kind) ? true : refuse('forbidden');
}

function deskIds(desks: readonly Desk[]): number[] {
  return desks.flatMap((desk) => desk.associationId ?? []);
}

async function namesOf(tx: ReadTransaction, ctx: Context, ids: readonly number[]): Promise<(id: number | null) => string> {
  const names = new Map((await associationsById(tx, [...new Set(ids)], ctx.today)).map((one) => [one.id, one.name]));
  return (id) => (id === null ? '' : (names.get(id) ?? ''));
}

async function viewOf(tx: ReadTransaction, ctx: Context, row: Inquiry): Promise<InquiryView> {
  const asDesk = wasDesk(ctx.actor, row);
  const passes = asDesk ? await listPasses(tx, row.id) : [];
  const files = await listFiles(tx, row.id);
  const nameOf = await namesOf(tx, ctx, [
    ...deskIds([row.at, ...passes.flatMap((pass) => [pass.from, pass.to])]),
    ...(row.associationId === null ? [] : [row.associationId]),
  ]);
  const label = (desk: Desk) => deskLabel(desk, nameOf(desk.associationId));
  const messages = await listMessages(tx, row.id);
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    kind: kindLabels[row.kind],
    subject: row.subject,
    state: inquiryStateLabel(row.state),
    tone: inquiryStateTone(row.state),
    asker: askerText(row.askerName, row.asker),
    askerMail: asDesk ? row.askerMail : '',
    association: nameOf(row.associationId),
    application:
      row.applicationId === null || row.applicationNumber === null ? undefined : { id: row.applicationId, number: row.applicationNumber },
    desk: label(row.at),
    askedAt: formatInstant(row.askedAt),
    dueOn: row.dueOn,
    late: awaitsAnswer(row.state) && row.dueOn < ctx.today,
    messages: messages.map((message) => ({
      id: message.id,
      from: message.byDesk
        ? [message.authorOffice, message.authorName].join(' ')
        : [message.authorOffice, honoured(message.authorName)].join(' ').trim(),
      at: formatInstant(message.at),
      body: message.body,
      own: message.byDesk === !isAsker(ctx.actor, row),
      files: files.filter((file) => file.messageId === message.id),
    })),
    passes: passes.map((pass) => ({
      id: pass.id,
      text: `${label(pass.from)} → ${label(pass.to)}`,
      at: formatInstant(pass.at),
      reason: pass.reason,
      by: pass.by,
    })),
    side: asDesk ? 'desk' : 'asker',
    may: actionsFor(ctx.actor, row),
    sections: deskSections.filter((section) => !sameDesk(row.at, jmaDesk(section))),
    passableToOperations: row.at.desk !== 'operations',
  };
}

/** One inquiry, for who asked and for the desks that have or had it. */
export const inquiry = query({
  name: 'inquiry.one',
  input: inquiryIdInput,
  allow: people,
  read: async (tx, { id }, ctx): Promise<{ view: InquiryView; personId: string | null } | undefined> => {
    const row = await findInquiry(tx, id);
    if (row === undefined || !maySeeInquiry(ctx.actor, row)) return undefined;
    return { view: await viewOf(tx, ctx, row), personId: row.personId };
  },
  audit: ({ view, personId }) => ({ action: 'inquiry.viewed', target: view.id, personIds: personId === null ? [] : [personId] }),
});

/** A file of the thread. */
export const inquiryFile = query({
  name: 'inquiry.file',
  input: fileInput,
  allow: people,
  read: async (tx, input, ctx) => {
    const row = await findInquiry(tx, input.id);
    if (row === undefined || !maySeeInquiry(ctx.actor, row)) return undefined;
    const file = await findFile(tx, input);
    return file === undefined ? undefined : { file, personId: row.personId };
  },
  audit: ({ file, personId }) => ({
    action: 'inquiry.fileViewed',
    target: file.id,
    personIds: personId === null ? [] : [personId],
    detail: { fileId: file.fileId },
  }),
});
