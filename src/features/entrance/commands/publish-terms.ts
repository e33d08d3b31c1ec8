import { dayInput, requiredDayInput } from '#kernel/input.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { findNewestTerms, insertTerms } from '../store.server.ts';

/**
 * A new version of a text that people agree to (`screens.md A-17, J-09`): in force from a day not past, later than the one before.
 * With 同意の期限 every login after it comes into force asks for consent; without, nobody is asked.
 */
export const publishTerms = command({
  name: 'entrance.publishTerms',
  input: z.object({
    kind: z.enum(['terms', 'privacy', 'office']),
    body: z.string().trim().min(1, texts.noBody).max(200_000),
    changes: z.string().trim().min(1, texts.noChanges).max(5_000),
    effectiveOn: requiredDayInput('施行日'),
    agreeBy: dayInput('同意の期限', { required: false }),
  }),
  locks: async (_tx, { kind }) => await Promise.resolve([{ kind: 'key' as const, id: `terms:${kind}` }]),
  load: async (tx, { kind }) => ({ newest: await findNewestTerms(tx, kind) }),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { newest }, { effectiveOn, agreeBy }) => {
    const early = effectiveOn < ctx.today || (newest !== undefined && effectiveOn < newest.effectiveOn);
    const flaws = {
      ...(early ? { effectiveOn: [texts.effectiveTooEarly] } : {}),
      ...(agreeBy !== undefined && agreeBy < effectiveOn ? { agreeBy: [texts.agreeByTooEarly] } : {}),
    };
    return Object.keys(flaws).length > 0 ? refuseFields(flaws) : accepted((newest?.version ?? 0) + 1);
  },
  save: async (tx, { ctx, decision: version, input }) => {
    await insertTerms(tx, { ...input, version, agreeBy: input.agreeBy ?? null, at: ctx.now });
    const detail = { kind: input.kind, version, effectiveOn: input.effectiveOn, agreeBy: input.agreeBy ?? null };
    return { value: { version }, audit: { action: 'entrance.publishTerms', detail }, events: [] };
  },
});
