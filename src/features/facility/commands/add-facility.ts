import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { choiceInput, foldedNumberInput, kanaInput, telInput, textInput } from '#kernel/input.ts';
import { command } from '#platform/command/command.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { institutionCodeInput } from '../schema.ts';
import { insertFacilities } from '../store.server.ts';

const facilityInput = z.object({
  name: textInput('施設名', { required: true, max: 60 }),
  kana: kanaInput('フリガナ', { max: 120 }),
  postalCode: z
    .string()
    .regex(/^(\d{7})?$/)
    .default(''),
  prefectureCode: z.string().regex(/^\d{2}$/),
  address: textInput('所在地', { max: 120 }),
  tel: telInput('TEL'),
  fax: telInput('FAX'),
  ownerType: choiceInput('開設主体', { required: true }),
  beds: foldedNumberInput('許可病床数', { max: 5000 }),
  attached: textInput('併設の施設', { max: 60 }),
  commonName: textInput('通称', { max: 60 }),
  institutionCode: institutionCodeInput,
  associationId: z.int().nullable(),
});

/** Adds facilities to the master (imports, set-up, demo); offices propose theirs (`facility-proposal`). */
export const addFacilities = command({
  name: 'facility.add',
  input: z.object({ facilities: z.array(facilityInput).min(1).max(500) }),
  locks: async () => [],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, _target, input) => accepted(input.facilities.map((facility) => ({ ...facility, id: newId() }))),
  save: async (tx: WriteTransaction, { decision }) => {
    await insertFacilities(
      tx,
      decision.map((row) => ({ ...row, beds: row.beds ?? null, state: 'registered', proposedBy: null })),
    );
    return {
      value: { ids: decision.map((row) => row.id) },
      audit: { action: 'facility.add', detail: { count: decision.length } },
      events: [],
    };
  },
});

/** Keeps a name that a doctor typed as a candidate for the master, inside the transaction of his application. */
export async function proposeFacility(
  tx: WriteTransaction,
  proposal: { name: string; address: string; tel: string; ownerType: string; beds: number | null; personId: string; associationId: number },
): Promise<string> {
  const id = newId();
  await insertFacilities(tx, [
    {
      id,
      name: proposal.name,
      kana: '',
      postalCode: '',
      prefectureCode: null,
      address: proposal.address,
      tel: proposal.tel,
      fax: '',
      ownerType: proposal.ownerType === '' ? '99' : proposal.ownerType,
      beds: proposal.beds,
      attached: '',
      associationId: proposal.associationId,
      state: 'candidate',
      proposedBy: proposal.personId,
    },
  ]);
  return id;
}
