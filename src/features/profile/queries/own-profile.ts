import { dayOfInstant } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { profileBlocks } from '#features/person/fields.ts';
import { loadProfileTarget } from '#features/person/commands/change-profile.ts';
import { blockDays, keptDraftOf } from '#features/person/queries/profile-changes.ts';
import { type ProfileDraft, textIn } from '#features/person/schema.ts';
import { checkedFields } from '#features/person/rules.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { shownFieldsOf } from '#features/own-list/queries/member-fields.ts';
import { workplacesOf } from './workplaces.ts';

/** D-03: the doctor's own profile in words, with the day of each block's last change. */
export const ownProfile = query({
  name: 'profile.own',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const target = await loadProfileTarget(tx, ctx.actor.personId, ctx);
    if (target === undefined) return undefined;
    const { person, words } = target;
    const days = await blockDays(tx, person.personId);
    const blocks = profileBlocks(person.profile, words).map((block) => ({
      ...block,
      changedOn: formatDayPlain(dayOfInstant(days.get(block.code) ?? person.createdAt)),
    }));
    return {
      blocks,
      checked: person.licenceVerified,
      workplaces: await workplacesOf(tx, person.personId, ctx.today),
      ofOffices: await shownFieldsOf(tx, ctx, person.personId),
    };
  },
  audit: (_value, _input, ctx) => (ctx.actor.kind === 'doctor' ? { action: 'profile.viewed', personIds: [ctx.actor.personId] } : undefined),
});

/** What was typed, with what is shown and not asked: the checked address, and what an office has seen. */
function completed(draft: ProfileDraft, own: { texts: ProfileDraft; licenceVerified: boolean }): ProfileDraft {
  const fixed = own.licenceVerified ? checkedFields : [];
  return { ...draft, ...Object.fromEntries(['mail', ...fixed].map((name) => [name, textIn(own.texts, name)])) };
}

/** D-03 変更する: what is being typed, else what is stored; with the version that it began from. */
export const profileToEdit = query({
  name: 'profile.toEdit',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const { accountId, personId } = ctx.actor;
    const target = await loadProfileTarget(tx, personId, ctx);
    if (target === undefined) return undefined;
    const kept = await keptDraftOf(tx, ctx, { accountId, personId });
    const complete = (draft: ProfileDraft) => completed(draft, target.person);
    return {
      target,
      complete,
      draft: kept === undefined ? undefined : complete(kept.draft),
      version: kept?.version ?? target.person.version,
      blocks: profileBlocks(target.person.profile, target.words),
    };
  },
  audit: (_value, _input, ctx) => (ctx.actor.kind === 'doctor' ? { action: 'profile.viewed', personIds: [ctx.actor.personId] } : undefined),
});
