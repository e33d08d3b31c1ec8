import type { Leg } from '../flow.ts';

/** What a transfer means for the desks of insurance and pension at the JMA (`rules.md 6`, M-53). Pure. */

type Side = { layer: number; leg: Leg; associationId: number; categoryId: number | null };

const jmaTexts: Readonly<Record<Leg, string>> = {
  join: '日本医師会に入会されます(医師賠償責任保険)。',
  leave: '日本医師会を退会されます(医師賠償責任保険・医師年金)。',
  change: '日本医師会の会員区分が変わります(医師賠償責任保険)。',
};

/** One line for each effect; none where insurance and pension go on as they are. */
export function deskEffects(steps: readonly Side[]): string[] {
  const jma = steps.find((step) => step.layer === 1);
  const prefectureOf = (leg: Leg) => steps.find((step) => step.layer === 2 && step.leg === leg)?.associationId;
  const [from, to] = [prefectureOf('leave'), prefectureOf('join')];
  const moves = from !== undefined && to !== undefined && from !== to;
  const ownChange = jma !== undefined && (jma.leg !== 'change' || jma.categoryId !== null);
  return [...(ownChange ? [jmaTexts[jma.leg]] : []), ...(moves ? ['所属する都道府県が変わります(特約保険)。'] : [])];
}
