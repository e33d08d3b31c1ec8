import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import type { Issuing } from '../issuing.store.server.ts';
import { listIssuing } from '../issuing.store.server.ts';
import { certificateTexts as texts } from '../messages.ts';
import { issuingOffice, maySetIssuing } from '../policy.ts';

/** 発行方法 and 発行者 of the own association, with their history (`screens.md O-19`). Nothing about members. */
export const issuingSettings = query({
  name: 'certificate.issuing',
  input: z.object({}),
  allow: (ctx) => (maySetIssuing(ctx.actor) ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    const office = issuingOffice(ctx.actor);
    if (office === undefined) return undefined;
    const versions: readonly Issuing[] = await listIssuing(tx, office.associationId);
    const [newest] = versions;
    const inForce = versions.find((one) => one.startsOn <= ctx.today);
    return {
      today: ctx.today,
      version: newest?.version ?? 0,
      newest: newest ?? { way: 'direct' as const, presidentTitle: texts.defaultTitle, presidentName: '' },
      versions: versions.map((one) => ({ ...one, current: one.version === inForce?.version, ahead: one.startsOn > ctx.today })),
    };
  },
  audit: 'nothing',
});
