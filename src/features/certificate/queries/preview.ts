import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { decidePaper, loadGround } from './decide.ts';
import { issuingOffice } from '../policy.ts';
import { officeWishInput, wishInput } from '../schema.ts';
import type { Sheet } from './sheet.ts';
import { sheetOf } from './sheet.ts';

export type Preview = {
  sheet: Sheet /** The office that looks first; undefined when it is issued at once. */;
  confirmedBy: string | undefined;
};

type Decided = Parameters<typeof decidePaper>;

function previewOf(ctx: Context, ground: Decided[1], wish: Decided[2]): Outcome<Preview> {
  const decided = decidePaper(ctx, ground, wish);
  if (!decided.ok) return decided;
  const { paper, way } = decided.value;
  const confirmedBy = ctx.actor.kind === 'doctor' && way === 'office' ? paper.association.name : undefined;
  return accepted({ sheet: sheetOf(paper), confirmedBy });
}

/** The paper as it will print, before the doctor issues it (`screens.md D-13`). */
export const certificatePreview = query({
  name: 'certificate.preview',
  input: wishInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, input, ctx): Promise<Outcome<Preview> | undefined> => {
    if (ctx.actor.kind !== 'doctor') return undefined;
    const ground = await loadGround(tx, ctx, { personId: ctx.actor.personId, associationId: input.associationId });
    return ground === undefined ? undefined : previewOf(ctx, ground, input);
  },
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'certificate.viewed', personIds: [ctx.actor.personId] } : undefined,
});

/** The same for an office and one of its members (`screens.md O-29`). */
export const memberCertificatePreview = query({
  name: 'certificate.memberPreview',
  input: officeWishInput,
  allow: (ctx) => (issuingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, input, ctx): Promise<Outcome<Preview> | undefined> => {
    const office = issuingOffice(ctx.actor);
    if (office === undefined) return undefined;
    const ground = await loadGround(tx, ctx, { personId: input.personId, associationId: office.associationId });
    return ground === undefined ? undefined : previewOf(ctx, ground, input);
  },
  audit: (_value, { personId }) => ({ action: 'member.viewed', target: personId, personIds: [personId] }),
});
