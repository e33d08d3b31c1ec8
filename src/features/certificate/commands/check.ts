import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { inEvenTime } from '#features/entrance/as-entrance.ts';
import { command, run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import { makeRateLimiter } from '#platform/http/rate-limit.ts';
import { z } from 'zod';
import { readCode, readNumber, sameCode } from '../code.ts';
import type { ShownState } from '../flow.ts';
import { isOpenable, shownState } from '../flow.ts';
import type { PaperRow } from '../labels.ts';
import { issuerText, paperDay, paperRows, presidentText } from '../labels.ts';
import { certificateTexts as texts } from '../messages.ts';
import { knownPerson } from '../queries/known.ts';
import { stillHolds } from '../rules.ts';
import { checkInput } from '../schema.ts';
import { countCheck, findByNumber } from '../store.server.ts';

/** What a third party learns of a paper: what stands on it while it holds, else only that it does not (`screens.md A-14`). */
export type CheckResult = { state: ShownState; rows: readonly PaperRow[]; revokedOn: Day | undefined };

/** Tries a minute of one address (`screens.md A-14`). */
const triesPerMinute = 10;
const tries = makeRateLimiter(1);

const check = command({
  name: 'certificate.check',
  input: z.object({ number: z.string(), code: z.string() }),
  secret: true,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { number, code }, ctx) => {
    const row = number === '' ? undefined : await findByNumber(tx, number);
    // Whoever does not hold the paper learns nothing, not even that there is one.
    if (row === undefined || row.code === null || row.paper === null || !sameCode(row.code, code)) return undefined;
    const person = await knownPerson(tx, row.personId, ctx.today);
    const holds = person !== undefined && stillHolds(row.paper, person.in(row.associationId));
    return { id: row.id, personId: row.personId, paper: row.paper, shown: shownState(row.state, holds), revokedAt: row.revokedAt };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { paper, shown, revokedAt }) => {
    const issuer = [issuerText(paper), presidentText(paper)].join(' ');
    const rows = [
      ...paperRows(paper),
      { label: texts.issuedOn, lines: [paperDay(paper.issuedOn)] },
      { label: texts.issuer, lines: [issuer] },
    ];
    const revokedOn = revokedAt === null ? undefined : dayOfInstant(revokedAt);
    return accepted<CheckResult>({ state: shown, rows: isOpenable(shown) ? rows : [], revokedOn });
  },
  save: async (tx, { ctx, target, decision }) => {
    await countCheck(tx, target.id, ctx.now);
    return {
      value: decision,
      audit: { action: 'certificate.check', target: target.id, personIds: [target.personId], detail: { state: target.shown } },
      events: [],
    };
  },
});

/**
 * 確認する: the same answer after the same time for a number that does not exist, a wrong code and an old mistake; every wrong
 * try is in the audit with its address. At most ten tries a minute of one address.
 */
export async function checkCertificate(ctx: Context, raw: unknown): Promise<Outcome<CheckResult>> {
  const parsed = checkInput.safeParse(raw);
  if (!parsed.success) return refuse('invalid', { fields: fieldErrors(parsed.error) });
  const wait = tries.hit(ctx.address, triesPerMinute, ctx.now);
  if (wait !== undefined) return refuse('tooMany', { retryAfterSeconds: wait, message: texts.waitSeconds(wait) });
  const asked = { number: readNumber(parsed.data.number), code: readCode(parsed.data.code) };
  const asSystem: Context = { ...ctx, actor: { kind: 'system', name: 'certificate' } };
  const outcome = await inEvenTime(async () => await run(check, asSystem, asked));
  if (outcome.ok || outcome.refusal.code !== 'notFound') return outcome;
  return refuse('invalid', { message: texts.wrong });
}
