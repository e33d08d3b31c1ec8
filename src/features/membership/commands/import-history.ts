import { isDay } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { foldLedger } from '../rules.ts';
import { listAffiliations } from '../store.server.ts';
import { openAffiliation, recordInLedger } from './record.ts';

const dayText = z.string().refine(isDay);

const entryInput = z.object({
  associationId: z.int(),
  kind: z.enum(['joined', 'left', 'category_changed', 'facility_changed']),
  effectiveOn: dayText,
  categoryId: z.int().nullable(),
  facilityId: idInput.nullable(),
  reason: z.string().max(200),
});

const affiliationInput = z.object({
  lowestAssociationId: z.int(),
  facilityId: idInput.nullable(),
  workCode: z.string().max(2),
  positionCode: z.string().max(2),
  designations: z.array(z.string().max(2)).max(20),
  entries: z.array(entryInput).min(1).max(100),
});

export const importHistoryInput = z.object({ personId: idInput, affiliations: z.array(affiliationInput).min(1).max(10) });

type Entry = z.infer<typeof entryInput>;

/** True when the entries of each association can be true together. */
function holdsTogether(entries: readonly Entry[]): boolean {
  const associations = [...new Set(entries.map((entry) => entry.associationId))];
  return associations.every(
    (associationId) =>
      foldLedger(
        entries
          .filter((entry) => entry.associationId === associationId)
          .map((entry, index) => ({ ...entry, id: index + 1, correctedKind: null, affiliationId: '', supersedes: null })),
      ).ok,
  );
}

/**
 * Enters the membership history that existed before this system (`rules.md 9`): affiliations with their ledger entries, for a
 * person who has none yet. Only the system may; the first affiliation becomes the primary one. Recorded as of the context's clock.
 */
export const importHistory = command({
  name: 'membership.importHistory',
  input: importHistoryInput,
  locks: async (_tx, input) => [{ kind: 'person', id: input.personId }],
  load: async (tx, input) => ({ known: await listAffiliations(tx, input.personId) }),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { known }, input) => {
    if (known.length > 0) return refuse('conflict');
    const entries = input.affiliations.flatMap((affiliation) => affiliation.entries);
    return holdsTogether(entries)
      ? accepted(input.affiliations.map((affiliation) => ({ ...affiliation, id: newId() })))
      : refuse('invalid');
  },
  save: async (tx, { ctx, decision, input }) => {
    const { personId } = input;
    for (const { entries: _entries, ...affiliation } of decision) {
      await openAffiliation(tx, { ...affiliation, personId, positionText: '', designationText: '', pendingIds: [] });
    }
    await recordInLedger(
      tx,
      ctx,
      decision.flatMap((affiliation) =>
        affiliation.entries.map((entry) => ({
          ...entry,
          personId,
          affiliationId: affiliation.id,
          recordedAt: ctx.now,
        })),
      ),
    );
    return {
      value: { affiliationIds: decision.map((affiliation) => affiliation.id) },
      audit: { action: 'membership.importHistory', personIds: [personId], target: personId },
      events: [],
    };
  },
});
