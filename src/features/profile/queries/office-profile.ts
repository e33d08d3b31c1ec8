import { actingAccount } from '#kernel/actor.ts';
import { idInput } from '#kernel/input.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { groundsWithoutRequest } from '#features/association/queries/reasons.ts';
import { isContactFaded } from '#features/membership/queries/faded.ts';
import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { memberOffice } from '#features/membership/queries/members.ts';
import { loadProfileTarget } from '#features/person/commands/change-profile.ts';
import { profileBlocks } from '#features/person/fields.ts';
import { keptDraftOf } from '#features/person/queries/profile-changes.ts';
import { type ProfileDraft, textIn } from '#features/person/schema.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { fixedFields } from '../rules.ts';

/** O-09: a member's profile as the acting office changes it; what it was typing, else what is stored. */
export const memberProfileToEdit = query({
  name: 'profile.memberToEdit',
  input: z.object({ id: idInput }),
  allow: memberOffice,
  read: async (tx, { id }, ctx) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined || !(await isMemberHere(tx, ctx, id)) || (await isContactFaded(tx, ctx, id))) return undefined;
    const target = await loadProfileTarget(tx, id, ctx);
    if (target === undefined) return undefined;
    const kept = await keptDraftOf(tx, ctx, { accountId, personId: id });
    // The address and what tells one doctor from another are shown and not asked.
    const shown = Object.fromEntries(['mail', ...fixedFields].map((name) => [name, textIn(target.person.texts, name)]));
    const complete = (draft: ProfileDraft): ProfileDraft => ({ ...draft, ...shown });
    const grounds = (await codeList(tx, 'reason.proxy', ctx.today)).filter((row) => !groundsWithoutRequest.includes(row.code));
    return {
      target,
      complete,
      draft: kept === undefined ? undefined : complete(kept.draft),
      version: kept?.version ?? target.person.version,
      blocks: profileBlocks(target.person.profile, target.words),
      grounds: grounds.map((row) => ({ value: row.code, label: row.label })),
      today: ctx.today,
    };
  },
  audit: (_value, { id }) => ({ action: 'member.viewed', target: id, personIds: [id], detail: { profile: true } }),
});
