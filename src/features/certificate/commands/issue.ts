import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { refuse, refuseFields } from '#kernel/refusal.ts';
import { groundsWithoutRequest, reasonExists } from '#features/association/queries/reasons.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { newCode } from '../code.ts';
import { firstState } from '../flow.ts';
import { certificateTexts as texts } from '../messages.ts';
import { issuingOffice } from '../policy.ts';
import type { PaperWish } from '../rules.ts';
import { officeWishInput, wishInput } from '../schema.ts';
import type { NewCertificate } from '../store.server.ts';
import { insertCertificate } from '../store.server.ts';
import type { Decided } from '../queries/decide.ts';
import { decidePaper, loadGround } from '../queries/decide.ts';

type Kept = Pick<NewCertificate, 'personId' | 'byOffice' | 'ground' | 'askedOn' | 'delivery'>;

async function keep(tx: WriteTransaction, ctx: Context, about: { wish: PaperWish; decided: Decided; kept: Kept; atOnce: boolean }) {
  const { wish, decided, kept, atOnce } = about;
  const id = newId();
  const { number } = await insertCertificate(tx, {
    id,
    ...kept,
    associationId: decided.associationId,
    baseOn: wish.baseOn,
    contents: [...wish.contents],
    nameForm: wish.nameForm,
    purpose: wish.purpose,
    appliedAt: ctx.now,
    state: firstState(atOnce),
    issue: atOnce ? { paper: decided.paper, code: newCode(), at: ctx.now } : undefined,
  });
  return {
    value: { id, issued: atOnce },
    audit: {
      action: atOnce ? 'certificate.issue' : 'certificate.request',
      target: id,
      personIds: [kept.personId],
      detail: { associationId: decided.associationId, baseOn: wish.baseOn, number: number ?? '' },
    },
    events: [{ kind: atOnce ? 'certificate.issued' : 'certificate.requested', payload: { certificateId: id } }],
  };
}

/** 発行する by the doctor (`screens.md D-13`): at once, or asked for where the association wants to look first. */
export const issueCertificate = command({
  name: 'certificate.issue',
  input: wishInput,
  locks: async (_tx, _input, { actor }) =>
    await Promise.resolve(actor.kind === 'doctor' ? [{ kind: 'person' as const, id: actor.personId }] : []),
  load: async (tx, { associationId }, ctx) =>
    ctx.actor.kind === 'doctor' ? await loadGround(tx, ctx, { personId: ctx.actor.personId, associationId }) : undefined,
  allow: ({ actor }, ground) => (actor.kind === 'doctor' && actor.personId === ground.personId ? true : refuse('forbidden')),
  decide: (ctx, ground, input) => decidePaper(ctx, ground, input),
  save: async (tx, { ctx, target, decision, input }) => {
    const kept: Kept = { personId: target.personId, byOffice: false, ground: null, askedOn: null, delivery: 'myPage' };
    return await keep(tx, ctx, { wish: input, decided: decision, kept, atOnce: decision.way === 'direct' });
  },
});

/** 発行する by an office at the doctor's request, for itself only (`screens.md O-29`). */
export const issueForMember = command({
  name: 'certificate.issueForMember',
  input: officeWishInput,
  locks: async (_tx, { personId }) => await Promise.resolve([{ kind: 'person' as const, id: personId }]),
  load: async (tx, { personId, ground }, ctx) => {
    const office = issuingOffice(ctx.actor);
    if (office === undefined) return undefined;
    const loaded = await loadGround(tx, ctx, { personId, associationId: office.associationId });
    if (loaded === undefined) return undefined;
    const known = await reasonExists(tx, { use: 'proxy', codes: [ground], on: ctx.today });
    return { loaded, groundKnown: known && !groundsWithoutRequest.includes(ground) };
  },
  allow: ({ actor }) => (issuingOffice(actor) === undefined ? refuse('forbidden') : true),
  decide: (ctx, { loaded, groundKnown }, input) => {
    if (!groundKnown) return refuseFields({ ground: [messages.sel(texts.ground)] });
    if (input.askedOn > ctx.today) return refuseFields({ askedOn: [messages.past(texts.askedOn)] });
    return decidePaper(ctx, loaded, input);
  },
  save: async (tx, { ctx, decision, input }) => {
    const { personId, ground, askedOn, delivery } = input;
    return await keep(tx, ctx, {
      wish: input,
      decided: decision,
      kept: { personId, byOffice: true, ground, askedOn, delivery },
      atOnce: true,
    });
  },
});
