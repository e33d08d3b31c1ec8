import { actingAccount } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { putDraft, removeDraft } from '../profile.store.server.ts';
import { findPerson } from '../queries/person.ts';
import { profileDraftInput } from '../schema.ts';

const about = z.object({ personId: z.uuid() });

/** Keeps what is being typed about a person, right or wrong, for 24 hours; only who types it sees it (D-03, O-09). */
export const keepProfileDraft = command({
  name: 'person.keepProfileDraft',
  input: about.extend({ draft: profileDraftInput, version: z.number().int().min(0) }),
  locks: async (_tx, input, ctx) => [{ kind: 'key', id: `profileDraft:${actingAccount(ctx.actor) ?? ''}:${input.personId}` }],
  load: async (tx, input) => await findPerson(tx, input.personId),
  allow: (ctx) => (ctx.actor.kind === 'doctor' || ctx.actor.kind === 'office' ? true : refuse('forbidden')),
  decide: (ctx) => {
    const accountId = actingAccount(ctx.actor);
    return accountId === undefined ? refuse('unauthenticated') : accepted(accountId);
  },
  save: async (tx, { ctx, decision: accountId, input: { personId, draft, version } }) => {
    await putDraft(tx, { accountId, personId }, { draft, version, at: ctx.now });
    return { value: true, audit: { action: 'person.keepProfileDraft', personIds: [personId], target: personId }, events: [] };
  },
});

/** Forgets what was being typed. */
export const dropProfileDraft = command({
  name: 'person.dropProfileDraft',
  input: about,
  locks: async (_tx, input, ctx) => [{ kind: 'key', id: `profileDraft:${actingAccount(ctx.actor) ?? ''}:${input.personId}` }],
  load: async (tx, input) => await findPerson(tx, input.personId),
  allow: (ctx) => (ctx.actor.kind === 'doctor' || ctx.actor.kind === 'office' ? true : refuse('forbidden')),
  decide: (ctx) => {
    const accountId = actingAccount(ctx.actor);
    return accountId === undefined ? refuse('unauthenticated') : accepted(accountId);
  },
  save: async (tx, { decision: accountId, input: { personId } }) => {
    await removeDraft(tx, { accountId, personId });
    return { value: true, audit: { action: 'person.dropProfileDraft', personIds: [personId], target: personId }, events: [] };
  },
});
