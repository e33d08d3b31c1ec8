import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { associationsById, openAssociationsById } from '#features/association/queries/directory.ts';
import type { AskedCase } from '#features/application/queries/asked-case.ts';
import { askedCase, askedCaseByNumber } from '#features/application/queries/asked-case.ts';
import { isId } from '#kernel/id.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { FreeFile } from '#platform/files/free-files.ts';
import { listFreeFiles } from '#platform/files/free-files.ts';
import type { z } from 'zod';
import { deskLabel, kindLabels } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { deskOffice, mayAsk } from '../policy.ts';
import type { Desk } from '../rules.ts';
import { routeOf } from '../rules.ts';
import { askInput, contactInput, keptFilesInput } from '../schema.ts';

/** What stands behind a question before it is asked: the case, the association, the desk, the files. */

type Asked = z.infer<typeof askInput>;
type Contacted = z.infer<typeof contactInput>;

/** Who sent the files of a form: the account, or the form itself where nobody is logged in. */
export function fileOwner(ctx: Context, batch: string): string {
  return 'accountId' in ctx.actor ? ctx.actor.accountId : batch;
}

export type Ground = {
  case: AskedCase | undefined;
  association: { id: number; name: string } | undefined;
  files: FreeFile[];
};

async function caseOf(tx: ReadTransaction, ctx: Context, input: Asked): Promise<AskedCase | undefined> {
  if (input.kind !== 'application') return undefined;
  if (ctx.actor.kind === 'doctor') return isId(input.applicationId) ? await askedCase(tx, ctx.actor, input.applicationId) : undefined;
  return input.applicationNumber === '' ? undefined : await askedCaseByNumber(tx, ctx.actor, input.applicationNumber);
}

/** Reads what a question names. */
export async function groundOf(tx: ReadTransaction, ctx: Context, input: Asked | Contacted): Promise<Ground> {
  const wanted = input.associationId === undefined ? [] : await openAssociationsById(tx, [input.associationId], ctx.today);
  return {
    case: 'applicationId' in input ? await caseOf(tx, ctx, input) : undefined,
    association: wanted[0],
    files: await listFreeFiles(tx, fileOwner(ctx, input.batch), input.fileIds),
  };
}

/** To which desk the question goes, or what stands in its way. */
export function judgeQuestion(ctx: Context, ground: Ground, input: Asked | Contacted): Outcome<Desk> {
  const office = deskOffice(ctx.actor);
  if ('applicationId' in input && input.kind === 'application' && ground.case === undefined) {
    return ctx.actor.kind === 'doctor'
      ? refuseFields({ applicationId: [texts.chooseCase] })
      : refuseFields({ applicationNumber: [texts.noSuchCase] });
  }
  if (input.associationId !== undefined && ground.association === undefined) {
    return refuseFields({ associationId: [texts.noSuchOffice] });
  }
  if (ground.files.length < input.fileIds.length) return refuseFields({ files: [texts.fileGone] });
  return accepted(routeOf(input.kind, { holder: ground.case?.holder, askingAssociation: office?.associationId }));
}

/** The last look before 送信する (`screens.md A-15`). */
export type Review = {
  kind: string;
  application: string;
  association: string;
  desk: string;
  /** Of somebody without login, as it will be kept. */
  guest: { name: string; kana: string; mail: string } | undefined;
};

async function reviewOf(tx: ReadTransaction, ctx: Context, input: Asked | Contacted): Promise<Outcome<Review>> {
  const ground = await groundOf(tx, ctx, input);
  const judged = judgeQuestion(ctx, ground, input);
  if (!judged.ok) return judged;
  const ids = judged.value.associationId === null ? [] : [judged.value.associationId];
  const [at] = await associationsById(tx, ids, ctx.today);
  return accepted({
    kind: kindLabels[input.kind],
    application: ground.case?.number ?? '',
    association: ground.association?.name ?? '',
    desk: deskLabel(judged.value, at?.name ?? ''),
    guest: 'mail' in input ? { name: input.name, kana: input.kana, mail: input.mail } : undefined,
  });
}

/** The question of somebody with a login as it will be sent. */
export const askReview = query({
  name: 'inquiry.review',
  input: askInput,
  allow: ({ actor }) => (mayAsk(actor) ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => await reviewOf(tx, ctx, input),
  audit: 'nothing',
});

/** The question of anybody as it will be sent; asked by the system in his place. */
export const contactReview = query({
  name: 'inquiry.contactReview',
  input: contactInput,
  allow: ({ actor }) => (actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => await reviewOf(tx, ctx, input),
  audit: 'nothing',
});

/** Files that came with the form and are kept until it is sent. */
export const keptFiles = query({
  name: 'inquiry.keptFiles',
  input: keptFilesInput,
  allow: ({ actor }) => (mayAsk(actor) || actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => await listFreeFiles(tx, fileOwner(ctx, input.batch), input.fileIds),
  audit: 'nothing',
});
