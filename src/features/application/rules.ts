import type { Day } from '#kernel/day.ts';
import { addDays, compareDays, partsOfDay } from '#kernel/day.ts';
import { crossesFeePeriod, feePeriodOf } from '#kernel/fee-period.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { StepState } from './flow.ts';
import { findingTexts } from './messages.ts';

/** Decisions about a join, without database or clock (`rules.md 3.4`, `screens.md O-06`). */

export type ChainLink = { associationId: number; layer: number; name: string };

export type LinkSettings = { requiredUpperLayers: 'none' | 'prefecture' | 'all'; directJoin: boolean };

export type SelectionQuestion = {
  /** The whole chain from the lowest association to the top, lowest first. */
  chain: readonly ChainLink[];
  ticked: readonly number[];
  /** Associations of the chain where the person is a member and stays one. */
  memberOf: readonly number[];
  /** Open join steps of the person elsewhere. */
  pending: readonly number[];
  direct: boolean;
  lowest: LinkSettings;
  prefecture: LinkSettings;
};

export type SelectionAnswer = { ok: true; chosen: ChainLink[] } | { ok: false; message: string };

/** The layer up to which the lowest association's settings demand membership; 4 when they demand nothing. */
export function demandedLayer(settings: LinkSettings): number {
  return settings.requiredUpperLayers === 'all' ? 1 : settings.requiredUpperLayers === 'prefecture' ? 2 : 4;
}

/** Which associations of the chain are asked for: ticks, what ticks pull in below, and what settings demand (`screens.md D-08`). */
export function chooseAssociations(question: SelectionQuestion): SelectionAnswer {
  const lowest = question.chain[0];
  if (lowest === undefined) return { ok: false, message: '医師会を選択してください' };
  const direct = question.direct && question.prefecture.directJoin;
  if (question.direct && !direct)
    return { ok: false, message: '選択された都道府県医師会では、郡市区等医師会を経由しない入会はできません。' };
  const usable = direct ? question.chain.filter((link) => link.layer <= 2) : question.chain;
  const bottom = usable[0];
  if (bottom === undefined) return { ok: false, message: '医師会を選択してください' };
  const wanted = usable.filter((link) => question.ticked.includes(link.associationId));
  const top = Math.min(bottom.layer, ...wanted.map((link) => link.layer), demandedLayer(direct ? question.prefecture : question.lowest));
  const chosen = usable.filter((link) => link.layer >= top && !question.memberOf.includes(link.associationId));
  if (chosen.length === 0) {
    return { ok: false, message: '選択された医師会にはすべて所属しています。勤務先や会員区分の変更は異動届をご利用ください。' };
  }
  const busy = chosen.find((link) => question.pending.includes(link.associationId));
  if (busy !== undefined) return { ok: false, message: `${busy.name}への入会は、別の届で申請中です。` };
  return { ok: true, chosen };
}

export type Window = { back: number; ahead: number };

/** The first and last day a window allows, counted from today, both included. */
export function windowDays(window: Window, today: Day): { from: Day; to: Day } {
  return { from: addDays(today, -window.back), to: addDays(today, window.ahead) };
}

export type LowerDecision = { associationId: number; name: string; layer: number; state: StepState; decidedOn: Day | null };

export type DateQuestion = {
  decidedOn: Day;
  today: Day;
  wishedOn: Day;
  layer: number;
  associationName: string;
  /** True when the case also asks for the JMA. */
  asksJma: boolean;
  /** Decided steps of the associations below, lowest first. */
  lower: readonly LowerDecision[];
  /** The person's days of membership directly below, from this case or from before it; earliest first. */
  below: readonly { joinedOn: Day; leftOn: Day | null }[];
  window: Window;
  farFuture: 'warn' | 'block';
  /** The person's periods in this association. */
  periods: readonly { joinedOn: Day; leftOn: Day | null }[];
};

export type Finding = { level: 'block' | 'warn' | 'note'; code: string; text: string };

function lowestAllowed(question: DateQuestion): LowerDecision | undefined {
  return question.lower.filter((step) => step.decidedOn !== null).at(-1);
}

/** The day since which the lower membership lasts without a gap and without an end; undefined when it ends. */
function coveredSince(below: DateQuestion['below']): Day | undefined {
  const open = below
    .filter((period) => period.leftOn === null)
    .map((period) => period.joinedOn)
    .sort();
  let since = open[0];
  for (const period of below.toSorted((a, b) => b.joinedOn.localeCompare(a.joinedOn))) {
    if (since === undefined || period.leftOn === null || period.joinedOn >= since) continue;
    if (addDays(period.leftOn, 1) >= since) since = period.joinedOn;
  }
  return since;
}

/** An upper membership must lie within lower ones (`rules.md 1.5`), also where those are older than the case. */
function coverFindings(question: DateQuestion): Finding[] {
  if (question.below.length === 0) return [];
  const since = coveredSince(question.below);
  if (since === undefined)
    return [
      { level: 'block', code: 'lowerEnds', text: '下層の医師会を退会されるため、承認できません。下層の医師会の会員期間をご確認ください。' },
    ];
  return question.decidedOn < since
    ? [{ level: 'block', code: 'beforeLower', text: `下層の医師会の入会日(${formatDayPlain(since)})より前の日付は入力できません。` }]
    : [];
}

function chainFindings(question: DateQuestion): Finding[] {
  const below = lowestAllowed(question);
  if (below?.decidedOn === undefined || below.decidedOn === null || below.decidedOn === question.decidedOn) return [];
  const shown = formatDayPlain(below.decidedOn);
  return question.decidedOn < below.decidedOn
    ? [{ level: 'block', code: 'beforeLower', text: `下層の医師会の入会日(${shown})より前の日付は入力できません。` }]
    : [{ level: 'warn', code: 'differsFromLower', text: `下層の医師会の入会日(${shown})と異なります。` }];
}

type WishQuestion = Pick<DateQuestion, 'decidedOn' | 'wishedOn' | 'asksJma'> & { wishName?: string };

/** Compares a day with the wish: another day, another 期. */
export function wishFindings(question: WishQuestion): Finding[] {
  const found: Finding[] = [];
  if (question.decidedOn !== question.wishedOn) {
    found.push({
      level: 'warn',
      code: 'differsFromWish',
      text: `${question.wishName ?? '入会希望年月日'}(${formatDayPlain(question.wishedOn)})と異なります。`,
    });
    if (question.asksJma && question.wishedOn.endsWith('-04-01')) {
      found.push({
        level: 'warn',
        code: 'jmaFirstOfApril',
        text: '日本医師会の入会日を4月1日とするには、郡市区等医師会・都道府県医師会の入会日も4月1日とする必要があります。',
      });
    }
  }
  if (crossesFeePeriod(question.wishedOn, question.decidedOn)) {
    const from = feePeriodOf(question.wishedOn).label;
    const to = feePeriodOf(question.decidedOn).label;
    found.push({
      level: 'warn',
      code: 'otherFeePeriod',
      text: `会費の期が${from}から${to}に変わります。会費・減免に影響することがあります。`,
    });
  }
  return found;
}

/** 「1年以上先」: the same day of next year, or later. */
export function isYearAhead(on: Day, today: Day): boolean {
  const { year } = partsOfDay(today);
  return on >= `${year + 1}${today.slice(4)}`;
}

type WindowQuestion = Pick<DateQuestion, 'decidedOn' | 'today' | 'farFuture'> & { window: DateQuestion['window'] | undefined };

/** Outside the window of the settings nothing can be decided; within it, a day a year ahead is warned of or refused, as they say. */
export function windowFindings({ decidedOn, today, window, farFuture }: WindowQuestion): Finding[] {
  const { from, to } = window === undefined ? { from: decidedOn, to: decidedOn } : windowDays(window, today);
  if (decidedOn < from || decidedOn > to) {
    const text = `入力できる日付は${formatDayPlain(from)}から${formatDayPlain(to)}までです。それ以外の日付は訂正依頼をご利用ください。`;
    return [{ level: 'block', code: 'outsideWindow', text }];
  }
  if (window !== undefined && isYearAhead(decidedOn, today))
    return [{ level: farFuture, code: 'farFuture', text: yearAheadTexts[farFuture] }];
  if (decidedOn <= today) return [];
  const text = `${formatDayPlain(decidedOn)}から有効になります。それまでの会員数には影響しません。`;
  return [{ level: 'note', code: 'future', text }];
}

const yearAheadTexts = { warn: '1年以上先の日付です。', block: '1年以上先の日付は入力できません。' } as const;

function memberFindings(question: DateQuestion): Finding[] {
  const clash = question.periods.find((period) => period.leftOn === null || period.leftOn >= question.decidedOn);
  if (clash === undefined) return [];
  const to = clash.leftOn === null ? '' : formatDayPlain(clash.leftOn);
  return [
    {
      level: 'block',
      code: 'alreadyMember',
      text: `${question.associationName}の会員期間(${formatDayPlain(clash.joinedOn)}～${to})と重なります。`,
    },
  ];
}

/** Stands under every date (`rules.md 2.5`). */
export const finalNote: Finding = {
  level: 'note',
  code: 'final',
  text: '承認した日付は事務局では変更できません。変更には日本医師会の訂正手続きが必要です。',
};

/** What must be said about a 入会日 before it is decided; blocks refuse, warnings need the tick. */
export function joinDateFindings(question: DateQuestion): Finding[] {
  const chain = chainFindings(question);
  const cover = chain.some((finding) => finding.level === 'block') ? [] : coverFindings(question);
  const found = [...memberFindings(question), ...chain, ...cover, ...windowFindings(question), ...wishFindings(question)];
  if (question.layer === 1) found.push({ level: 'note', code: 'insurance', text: '医賠責保険は日本医師会の入会日から適用されます。' });
  return [...found, finalNote];
}

/** The date proposed to the deciding office (`rules.md 3.4`: the JMA's defaults to the date from below). */
export function proposedJoinDate(question: {
  layer: number;
  wishedOn: Day;
  lower: readonly LowerDecision[];
  dateRule: 'wish' | 'boardMeeting' | 'firstOfMonth';
  boardMeetings: readonly Day[];
  today: Day;
}): Day {
  const below = question.lower.filter((step) => step.decidedOn !== null).at(-1)?.decidedOn;
  if (question.layer === 1 && below !== undefined && below !== null) return below;
  const floor = below !== undefined && below !== null && below > question.wishedOn ? below : question.wishedOn;
  if (question.dateRule === 'boardMeeting')
    return question.boardMeetings.toSorted(compareDays).find((day) => day >= floor && day >= question.today) ?? floor;
  if (question.dateRule === 'firstOfMonth' && !floor.endsWith('-01')) return firstOfNext(floor);
  return floor;
}

function firstOfNext(day: Day): Day {
  for (let next = addDays(day, 1); ; next = addDays(next, 1)) if (next.endsWith('-01')) return next;
}

/** Automatic 要注意 after a decision (`rules.md 3.14`); undefined when there is nothing to mark. */
export function attentionReason(findings: readonly Finding[]): string | undefined {
  const marks = ['differsFromLower', 'otherFeePeriod', 'farFuture'];
  const texts = findings.filter((finding) => marks.includes(finding.code)).map((finding) => finding.text);
  return texts.length === 0 ? undefined : texts.join(' ').slice(0, 200);
}

/** Automatic 要注意 as the case is sent: the applicant may be registered twice (`rules.md 3.14`). */
export function possibleDouble({ namesake, claimed }: { namesake: boolean; claimed: boolean }): string | undefined {
  const found = [...(namesake ? [findingTexts.namesake] : []), ...(claimed ? [findingTexts.claimed] : [])];
  return found.length === 0 ? undefined : found.join(' ');
}
