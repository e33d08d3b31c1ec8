import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { addDays } from '#kernel/day.ts';
import { command } from '#platform/command/command.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { profileInput } from '../schema.ts';
import type { Profile } from '../schema.ts';
import { insertPerson } from '../store.server.ts';

export const registerDoctorInput = profileInput.extend({ accountId: z.string().nullable() });

function crossChecks(profile: Profile, today: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  if (profile.birthOn > today) found['birthOn'] = [messages.past('生年月日')];
  if (profile.licensedOn > today) found['licensedOn'] = [messages.past('医籍登録日')];
  else if (addDays(profile.birthOn, 20 * 365 + 5) > profile.licensedOn) found['birthOn'] = [texts.checkBirthAndLicence];
  if (profile.schoolCode === '' && profile.schoolText === '') found['schoolCode'] = [messages.one()];
  return found;
}

/**
 * Registers a doctor (`rules.md 5.2`). Only the system may do so until the registration screens exist: imports, set-up and
 * the demo. A licence number that is already known is a conflict here, never a take-over.
 */
export const registerDoctor = command({
  name: 'person.register',
  input: registerDoctorInput,
  locks: async (_tx, input) => [{ kind: 'person', id: `licence:${input.licenceNumber}` }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, _target, input) => {
    const fields = crossChecks(input, ctx.today);
    return Object.keys(fields).length > 0 ? refuseFields(fields) : accepted({ personId: newId() });
  },
  save: async (tx: WriteTransaction, { decision, input }) => {
    await insertPerson(tx, { personId: decision.personId, accountId: input.accountId }, input);
    return {
      value: { personId: decision.personId },
      audit: { action: 'person.register', personIds: [decision.personId], target: decision.personId },
      events: [{ kind: 'person.registered', payload: { personId: decision.personId } }],
    };
  },
  constraints: {
    person_licence_number: () => refuseFields({ licenceNumber: [texts.licenceKnown] }),
  },
});
