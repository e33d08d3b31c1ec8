import type { Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import type { ContentCode } from './fields.ts';
import { certificateTexts as texts } from './messages.ts';
import type { Paper } from './schema.ts';

/** What a certificate may say, and whether it still holds (`screens.md D-13, A-14`, `rules.md 2.4`). Pure. */

export type KnownPeriod = { joinedOn: Day; leftOn: Day | null };
export type KnownPhase = {
  startsOn: Day;
  endsOn: Day | null;
  categoryId: number;
  categoryName: string;
  facilityId: string | null;
  facilityName: string;
};

/** What is known today of a person in one association: the ledger, and the facts of his person that a paper may show. */
export type Known = {
  name: string;
  formerName: string | null;
  licence: { number: string; checked: boolean };
  birthOn: Day;
  periods: readonly KnownPeriod[];
  phases: readonly KnownPhase[];
};

type MembershipFacts = { joinedOn: Day; phase: KnownPhase | undefined; periods: { from: Day; to: Day | null }[] };

/** The membership on a day; the leave date is still a day of membership (`rules.md 2.3`). Undefined for who was no member. */
export function membershipOn(known: Pick<Known, 'periods' | 'phases'>, on: Day): MembershipFacts | undefined {
  const period = known.periods.find((one) => one.joinedOn <= on && (one.leftOn === null || one.leftOn >= on));
  if (period === undefined) return undefined;
  return {
    joinedOn: period.joinedOn,
    phase: known.phases.find((one) => one.startsOn <= on && (one.endsOn === null || one.endsOn >= on)),
    // As of the day: what came after it, a leave among it, is not for this paper to tell.
    periods: known.periods
      .filter((one) => one.joinedOn <= on)
      .map((one) => ({ from: one.joinedOn, to: one.leftOn !== null && one.leftOn < on ? one.leftOn : null }))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

export type PaperWish = { baseOn: Day; contents: readonly ContentCode[]; nameForm: 'current' | 'former'; purpose: string };

export type Issuer = { association: Paper['association']; president: Paper['president']; sealId: Paper['sealId'] };

/** The paper that would be printed today, or what stands in its way. */
export function judgePaper(known: Known, wish: PaperWish, about: { issuer: Issuer; today: Day }): Outcome<Paper> {
  if (wish.baseOn > about.today) return refuseFields({ baseOn: [messages.past(texts.baseOn)] });
  const member = membershipOn(known, wish.baseOn);
  if (member === undefined) return refuseFields({ baseOn: [texts.notMember(about.issuer.association.name)] });
  if (wish.nameForm === 'former' && known.formerName === null) return refuseFields({ nameForm: [texts.noFormerName] });
  const has = (code: ContentCode) => wish.contents.includes(code);
  const { phase } = member;
  return accepted({
    name: known.name,
    formerName: wish.nameForm === 'former' ? known.formerName : null,
    association: about.issuer.association,
    president: about.issuer.president,
    sealId: about.issuer.sealId,
    baseOn: wish.baseOn,
    issuedOn: about.today,
    purpose: wish.purpose,
    licence: has('licence') ? known.licence : null,
    birthOn: has('birth') ? known.birthOn : null,
    category: has('category') && phase !== undefined ? { id: phase.categoryId, name: phase.categoryName } : null,
    joinedOn: has('joined') ? member.joinedOn : null,
    facility: has('facility') ? { id: phase?.facilityId ?? null, name: phase?.facilityName ?? '' } : null,
    periods: has('periods') ? member.periods : null,
  });
}

function samePeriods(a: readonly { from: Day; to: Day | null }[], b: readonly { from: Day; to: Day | null }[]): boolean {
  return a.length === b.length && a.every((one, place) => one.from === b[place]?.from && one.to === b[place]?.to);
}

/**
 * True while everything on the paper is what the records say of its 基準日 today. A name that changed since, a later leave or
 * a later transfer corrects nothing; a membership that was put right or taken back does (`rules.md 2.5`).
 */
export function stillHolds(paper: Paper, known: Known): boolean {
  const member = membershipOn(known, paper.baseOn);
  if (member === undefined) return false;
  return (
    (paper.joinedOn === null || paper.joinedOn === member.joinedOn) &&
    (paper.category === null || paper.category.id === member.phase?.categoryId) &&
    (paper.facility === null || paper.facility.id === (member.phase?.facilityId ?? null)) &&
    (paper.periods === null || samePeriods(paper.periods, member.periods)) &&
    (paper.licence === null || paper.licence.number === known.licence.number) &&
    (paper.birthOn === null || paper.birthOn === known.birthOn)
  );
}
