import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { learnedWays, proxyNames, proxyTexts, searchWays } from './proxy-messages.ts';
import type { ProxyFacts } from './proxy-facts.ts';

/** What stops a proxy application from being decided, and what its ground says in words (`rules.md 3.10`). Pure. */

type Stoppable = { held: { until: Day; days: number } | undefined; objectedAt: Date | null };

/** Why nobody may decide the case on a day; undefined when nothing stops it. */
export function stopOf({ held, objectedAt }: Stoppable, today: Day): string | undefined {
  if (objectedAt !== null) return proxyTexts.objected;
  return held !== undefined && today < held.until ? proxyTexts.held(held.days, formatDayPlain(held.until)) : undefined;
}

/** Whoever answers while he is held to be missing is not: any word of the doctor stops the case like an objection (`screens.md O-11`). */
export function stopsHold({ held, objectedAt }: Stoppable, today: Day): boolean {
  return objectedAt === null && held !== undefined && today < held.until;
}

/** The case as the policy judges it on a day. */
export function asOn<Target extends Stoppable>(target: Target, today: Day): Target & { stopped: boolean } {
  return { ...target, stopped: stopOf(target, today) !== undefined };
}

/** 死亡 and 所在不明 are entered by 郡市区等, 地区医師会 among them, and 都道府県 only (`screens.md O-11`). */
export function mayEnterGround(why: ProxyFacts['why'], layer: number): boolean {
  return why === 'request' || layer >= 2;
}

export type GroundLine = { label: string; lines: readonly string[] };

function some(label: string, ...lines: readonly string[]): GroundLine[] {
  const filled = lines.filter((line) => line !== '');
  return filled.length === 0 ? [] : [{ label, lines: filled }];
}

/** The ground as the offices of the case read it; `labelOf` names a code of 代理申請の根拠. */
export function groundLines(facts: ProxyFacts, labelOf: (code: string) => string): GroundLine[] {
  const ground = some(proxyNames.ground, labelOf(facts.ground));
  switch (facts.why) {
    case 'request':
      return [...ground, ...some(proxyNames.askedOn, formatDayPlain(facts.askedOn)), ...some(proxyNames.askedHow, facts.askedHow)];
    case 'death': {
      const learned = facts.learned === 'other' ? facts.learnedText : (learnedWays[facts.learned] ?? facts.learned);
      return [
        ...ground,
        ...some(proxyNames.diedOn, formatDayPlain(facts.diedOn)),
        ...some(proxyNames.learned, learned),
        ...some(proxyNames.reporterName, facts.reporterName),
        ...some(proxyNames.reporterRelation, facts.reporterRelation),
        ...some(proxyNames.reporterTel, facts.reporterTel),
      ];
    }
    case 'missing':
      return [
        ...ground,
        ...some(proxyNames.lastContactOn, formatDayPlain(facts.lastContactOn)),
        ...some(
          proxyNames.searches,
          ...facts.searches.map(({ way, on, result }) => {
            const label = searchWays.find((one) => one.code === way)?.label ?? way;
            return `${label} ${formatDayPlain(on)} ${result}`;
          }),
        ),
        ...some(proxyNames.reason, ...facts.reason.split('\n')),
      ];
  }
}
