import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { profileInput } from '../schema.ts';
import { flawsOfProfile } from '../rules.ts';
import type { Profile } from '../schema.ts';
import { findHolder, insertClaim, insertPerson } from '../store.server.ts';

export const registerDoctorInput = profileInput.extend({ accountId: z.string().nullable(), licenceSeen: z.boolean().default(false) });

/**
 * Registers a doctor (`rules.md 5.2`). Only the system may do so: imports, set-up and the demo; doctors
 * register themselves by the entrance feature. `licenceSeen`: the register that he comes from says that his association has
 * seen the licence. A licence number that is already known is a conflict here, never a take-over.
 */
export const registerDoctor = command({
  name: 'person.register',
  input: registerDoctorInput,
  locks: async (_tx, input) => [{ kind: 'person', id: `licence:${input.licenceNumber}` }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, _target, input) => {
    const fields = flawsOfProfile(input, ctx.today);
    return Object.keys(fields).length > 0 ? refuseFields(fields) : accepted({ personId: newId() });
  },
  save: async (tx: WriteTransaction, { ctx, decision, input }) => {
    const verifiedAt = input.licenceSeen ? ctx.now : undefined;
    await insertPerson(tx, { personId: decision.personId, accountId: input.accountId, verifiedAt }, input);
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

export type NewDoctor = { personId: string; claimed: boolean };

/**
 * Writes a doctor inside the command of another feature (registration). A number that somebody has already is never taken
 * over: the new one stands beside it as a claim, and nothing of the other is told (`rules.md 5.2`). The caller holds the
 * lock `licence:<number>`.
 */
export async function writeDoctor(tx: WriteTransaction, doctor: { accountId: string; profile: Profile; at: Date }): Promise<NewDoctor> {
  const personId = newId();
  const { accountId, profile, at } = doctor;
  const holderId = await findHolder(tx, profile.licenceNumber);
  await insertPerson(tx, { personId, accountId, claimed: holderId !== undefined }, profile);
  if (holderId !== undefined) await insertClaim(tx, { id: newId(), number: profile.licenceNumber, claimantId: personId, holderId, at });
  return { personId, claimed: holderId !== undefined };
}
