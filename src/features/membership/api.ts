import { accepted, refuse } from '#kernel/refusal.ts';
import type { ApiRequest, ApiRoute } from '#platform/http/api-route.ts';
import { defineAccess } from '#platform/http/page-access.ts';
import { ask } from '#platform/command/query.ts';
import { z } from 'zod';
import { memberCount } from './queries/member-count.ts';

/** Members and their numbers for the offices' own systems. */

const counts = z.object({
  asOf: z.iso.date(),
  counts: z.array(z.object({ associationId: z.int(), associationName: z.string(), layer: z.int(), members: z.int() })),
});

/** Which associations are asked for: one by its code, else one's own; 日本医師会 without a code asks for all. */
async function handleCounts({ ctx, query }: ApiRequest) {
  if (ctx.actor.kind !== 'office') return refuse('forbidden');
  const own = ctx.actor.associationId;
  const code = query['association'];
  const wanted = code === undefined ? undefined : Number(code);
  const scope = wanted === own || (wanted === undefined && ctx.actor.layer > 1) ? 'own' : 'all';
  const outcome = await ask(memberCount, ctx, { on: query['asOf'], scope });
  if (!outcome.ok) return outcome;
  const shown = wanted === undefined ? outcome.value.counts : outcome.value.counts.filter((row) => row.associationId === wanted);
  return accepted({ body: { asOf: outcome.value.on, counts: shown } satisfies z.input<typeof counts> });
}

const memberCounts: ApiRoute = {
  method: 'get', path: '/member-counts', summary: 'ある日の会員数',
  access: defineAccess({ id: 'api.memberCounts', title: '会員数', who: ['office'], audit: { none: '人数だけで、個人のデータを含まない' }, limits: { perMinute: 600 } }),
  query: z.object({ asOf: z.string().optional().describe('基準日 YYYY-MM-DD。省略時は今日'), association: z.string().optional().describe('医師会コード。省略時は自医師会、日本医師会は全医師会') }),
  answer: counts,
  handle: handleCounts,
};

/** Routes under `/api/v1`. */
export const membershipApi: readonly ApiRoute[] = [memberCounts];
