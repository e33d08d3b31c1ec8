import { refuse } from '#kernel/refusal.ts';
import { isId } from '#kernel/id.ts';
import { ownOpenCases } from '#features/application/queries/asked-case.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { inquiryKinds } from '../fields.ts';
import { openings } from '../labels.ts';
import { mayAsk } from '../policy.ts';

/** What the form of a question begins with; from another screen it is filled in (`screens.md D-03, D-07, D-14`). */
export type InquiryStart = {
  /** Of a doctor: his open cases to choose from. */
  cases: { value: string; label: string }[];
  values: { kind?: string; applicationId?: string; applicationNumber?: string; body?: string };
};

const hint = z
  .string()
  .catch('')
  .default('')
  .transform((text) => (text.length > 40 ? '' : text));

export const inquiryStart = query({
  name: 'inquiry.start',
  input: z.object({ kind: hint, application: hint, about: hint }),
  allow: ({ actor }) => (mayAsk(actor) ? true : refuse('forbidden')),
  read: async (tx, { kind, application, about }, ctx): Promise<InquiryStart> => {
    const open = ctx.actor.kind === 'doctor' ? await ownOpenCases(tx, ctx.actor, ctx.today) : [];
    const known = inquiryKinds.find((one) => one === kind);
    const own = isId(application) ? open.find((one) => one.id === application) : undefined;
    return {
      cases: open.map((one) => ({ value: one.id, label: one.text })),
      values: {
        ...(known === undefined ? {} : { kind: known }),
        ...(own === undefined ? {} : { applicationId: own.id, kind: 'application' }),
        ...(/^\d{4}-\d{7}$/.test(application) ? { applicationNumber: application, kind: 'application' } : {}),
        ...(Object.hasOwn(openings, about) ? { body: openings[about] ?? '' } : {}),
      },
    };
  },
  audit: 'nothing',
});
