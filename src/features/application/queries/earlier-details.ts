import { idInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findEarlierForm } from '../my.store.server.ts';
import type { RawDetails } from '../schema.ts';
import { rawDetails } from '../schema.ts';
import { loadCase } from '../store.server.ts';

/** 「前の届から写す」 and 「この届をもとに新しい届を作成する」: what an earlier application of any kind said of the work. */

function isEmpty(value: RawDetails[string] | undefined): boolean {
  return value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}

/** What is copied; facts that only make sense together stay together: a typed facility is not mixed with a chosen one. */
const together: readonly (readonly string[])[] = [
  ['facilityId', 'facilityName', 'facilityUndecided', 'facilityAddress', 'facilityTel', 'facilityOwnerType', 'facilityBeds'],
  ['workCode'],
  ['positionCode', 'positionText'],
  ['designations', 'designationText'],
  ['note'],
];

/** The present details with what is still empty filled from an earlier form; nothing typed is overwritten, no date is copied. */
export function copiedDetails(present: RawDetails, earlier: RawDetails): RawDetails {
  const free = together.filter((names) => names.every((name) => isEmpty(present[name]))).flat();
  const copied = Object.entries(earlier).filter(([name]) => free.includes(name));
  return { ...present, ...Object.fromEntries(copied) };
}

/** Forms of every kind keep step 2 under the same names. */
const anyForm = z.object({ details: rawDetails });

/** Details of the doctor's latest other application of any kind, or of the own one that is named. */
export const earlierDetails = query({
  name: 'application.earlierDetails',
  input: z.object({ id: idInput, from: idInput.optional() }),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx) => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const stored =
      input.from === undefined
        ? await findEarlierForm(tx, ctx.actor.personId, input.id)
        : (await loadCase(tx, ctx.actor, input.from))?.form;
    const form = anyForm.safeParse(stored);
    return form.success ? form.data.details : undefined;
  },
  audit: (_value, input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'application.viewed', personIds: [ctx.actor.personId], target: input.id } : undefined,
});
