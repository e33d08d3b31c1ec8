import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { refuse } from '#kernel/refusal.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { bindFiles } from '../file.store.server.ts';
import { firstState } from '../flow.ts';
import { deskOffice, mayAsk } from '../policy.ts';
import type { Ground } from '../queries/asking.ts';
import { groundOf, judgeQuestion } from '../queries/asking.ts';
import type { Desk } from '../rules.ts';
import { dueOn, subjectOf } from '../rules.ts';
import { askInput } from '../schema.ts';
import type { NewInquiry } from '../store.server.ts';
import { insertInquiry, insertMessage } from '../store.server.ts';
import type { InquiryKind } from '../fields.ts';

type Who = Pick<
  NewInquiry,
  'asker' | 'personId' | 'askerAssociationId' | 'accountId' | 'askerName' | 'askerKana' | 'askerMail' | 'associationId'
>;

type Question = { kind: InquiryKind; body: string; who: Who; office: string; ground: Ground; desk: Desk };

/** Writes the question with its first message and its files, and tells the news. */
export async function writeQuestion(tx: WriteTransaction, ctx: Context, { kind, body, who, office, ground, desk }: Question) {
  const id = newId();
  const messageId = newId();
  const number = await insertInquiry(tx, {
    ...who,
    id,
    kind,
    subject: subjectOf(body),
    state: firstState,
    application: ground.case === undefined ? undefined : { id: ground.case.id, number: ground.case.number },
    desk,
    at: ctx.now,
    dueOn: dueOn(ctx.today),
  });
  const author = { accountId: who.accountId, authorName: who.askerName, authorOffice: office };
  await insertMessage(tx, { id: messageId, inquiryId: id, byDesk: false, ...author, body, at: ctx.now });
  await bindFiles(
    tx,
    ground.files.map((file) => ({ id: newId(), inquiryId: id, messageId, fileId: file.id })),
  );
  return {
    value: { id, number },
    audit: {
      action: 'inquiry.ask',
      target: id,
      personIds: who.personId === null ? [] : [who.personId],
      detail: { number, kind, desk: desk.desk, files: ground.files.length },
    },
    events: [{ kind: 'inquiry.asked', payload: { inquiryId: id } }],
  };
}

async function doctorWho(tx: ReadTransaction, actor: DoctorActor): Promise<Omit<Who, 'associationId'>> {
  const person = await findPerson(tx, actor.personId);
  return {
    asker: 'doctor',
    personId: actor.personId,
    askerAssociationId: null,
    accountId: actor.accountId,
    askerName: person === undefined ? actor.displayName : `${person.surname} ${person.givenName}`,
    askerKana: person === undefined ? '' : `${person.surnameKana} ${person.givenNameKana}`,
    askerMail: '',
  };
}

/** The office asks as a whole; an 外部委託先 for himself alone. */
function officeWho(actor: OfficeActor): Omit<Who, 'associationId'> {
  const whole = deskOffice(actor) !== undefined;
  return {
    asker: whole ? 'office' : 'contractor',
    personId: null,
    askerAssociationId: whole ? actor.associationId : null,
    accountId: actor.accountId,
    askerName: actor.displayName,
    askerKana: '',
    askerMail: '',
  };
}

/** 送信する by a doctor (D-15) or an office (O-26). */
export const askQuestion = command({
  name: 'inquiry.ask',
  input: askInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input, ctx) => {
    const { actor } = ctx;
    if (actor.kind !== 'doctor' && actor.kind !== 'office') return undefined;
    const ground = await groundOf(tx, ctx, input);
    const who = actor.kind === 'doctor' ? await doctorWho(tx, actor) : officeWho(actor);
    const office = actor.kind === 'office' ? actor : undefined;
    return { ground, who, office: office?.associationName ?? '', own: office?.associationId };
  },
  allow: ({ actor }) => (mayAsk(actor) ? true : refuse('forbidden')),
  decide: (ctx, { ground }, input) => judgeQuestion(ctx, ground, input),
  save: async (tx, { ctx, target: { ground, who, office, own }, decision, input }) =>
    await writeQuestion(tx, ctx, {
      kind: input.kind,
      body: input.body,
      who: { ...who, associationId: ground.association?.id ?? own ?? null },
      office,
      ground,
      desk: decision,
    }),
  constraints: { inquiry_file_once: () => refuse('conflict') },
});
