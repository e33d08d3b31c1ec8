import type { Layer } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays, compareDays, dayFrom, weekday } from '#kernel/day.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { AssociationSettings } from './schema.ts';
import { settingsTexts as texts } from './settings-messages.ts';

/** Decisions about 環境設定, without database or clock (`rules.md 4.1`, `screens.md O-21`). */

/** How far ahead a version may be planned. */
const furthestStart = 730;

export type Version = { version: number; startsOn: Day; withdrawn: boolean };

export type VersionState = 'current' | 'planned' | 'past' | 'withdrawn';

/** The version that applies on a day: the latest start not after it, and of one start the newest. */
export function versionOn<V extends Version>(versions: readonly V[], on: Day): V | undefined {
  return versions
    .filter((one) => !one.withdrawn && one.startsOn <= on)
    .toSorted((a, b) => compareDays(a.startsOn, b.startsOn) || a.version - b.version)
    .at(-1);
}

/** Where a version stands on a day. */
export function versionState(one: Version, versions: readonly Version[], today: Day): VersionState {
  if (one.withdrawn) return 'withdrawn';
  if (one.startsOn > today) return 'planned';
  return versionOn(versions, today)?.version === one.version ? 'current' : 'past';
}

/** Only what has not begun can be taken back: from its first day on, cases may be pinned to it. */
export function isWithdrawable(one: Version, today: Day): boolean {
  return !one.withdrawn && one.startsOn > today;
}

/** What a new form begins with: the version that applies last as things are planned now. */
export function newestPlan<V extends Version>(versions: readonly V[]): V | undefined {
  return versions
    .filter((one) => !one.withdrawn)
    .toSorted((a, b) => compareDays(a.startsOn, b.startsOn) || a.version - b.version)
    .at(-1);
}

type Impossible = (settings: AssociationSettings, where: { layer: Layer; startsOn: Day }) => FieldErrors;

/** What is wrong with one field, if it is. */
function at(field: string, wrong: boolean, text: string): FieldErrors {
  return wrong ? { [field]: [text] } : {};
}

const layers: Impossible = (settings, { layer }) => ({
  ...at('directJoin', settings.directJoin && layer !== 2, texts.directJoinLayer),
  ...at('requiredUpperLayers', layer === 1 && settings.requiredUpperLayers !== 'none', texts.noUpperLayer),
  ...at('requiredUpperLayers', layer === 2 && settings.requiredUpperLayers === 'prefecture', texts.ownLayer),
});

const leaving: Impossible = ({ requiredUpperLayers, allowUpperOnlyWithdrawal, transferWithdrawal, transferOrder }) => ({
  ...at('allowUpperOnlyWithdrawal', requiredUpperLayers === 'all' && allowUpperOnlyWithdrawal, texts.upperOnly),
  ...at('transferOrder', transferWithdrawal === 'separate' && transferOrder !== 'parallel', texts.separateOrder),
});

const windows: Impossible = ({ wishWindow, decisionWindow }) => ({
  ...at('decisionWindow.back', decisionWindow.back < wishWindow.back, texts.decisionBack(wishWindow)),
  ...at('decisionWindow.ahead', decisionWindow.ahead < wishWindow.ahead, texts.decisionAhead(wishWindow)),
});

const clocks: Impossible = ({ reminderDays, acknowledgeDays }) =>
  at('acknowledgeDays', acknowledgeDays <= reminderDays, texts.acknowledge(reminderDays));

const meetings: Impossible = ({ dateRule, boardMeetings }, { startsOn }) =>
  at('boardMeetings', dateRule === 'boardMeeting' && !boardMeetings.some((on) => on >= startsOn), texts.boardNeedsDays(startsOn));

/** Combinations that no association can live by, by field, in words that say what to do; empty when the settings fit together. */
export function impossibleSettings(settings: AssociationSettings, where: { layer: Layer; startsOn: Day }): FieldErrors {
  return [layers, leaving, windows, clocks, meetings].reduce<FieldErrors>((found, rule) => ({ ...found, ...rule(settings, where) }), {});
}

export type StoredVersion = Version & { settings: AssociationSettings };

export type Plan = {
  settings: AssociationSettings;
  startsOn: Day;
  /** The version that applies until the plan begins. */
  base: StoredVersion | undefined;
  /** A version planned for a later day, which ends the new one. */
  later: StoredVersion | undefined;
};

export type PlanQuestion = { settings: AssociationSettings; startsOn: Day; layer: Layer; today: Day; versions: readonly StoredVersion[] };

function startErrors({ startsOn, today, versions }: PlanQuestion): FieldErrors {
  if (startsOn <= today) return { startsOn: [texts.startTomorrow] };
  const last = addDays(today, furthestStart);
  if (startsOn > last) return { startsOn: [texts.startTooFar(last)] };
  const taken = versions.find((one) => !one.withdrawn && one.startsOn === startsOn);
  return taken === undefined ? {} : { startsOn: [texts.startTaken(taken.version, taken.startsOn)] };
}

function same(a: AssociationSettings, b: AssociationSettings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** May these settings begin on this day? The answer says what they replace and until when they hold. */
export function planSettings(question: PlanQuestion): Outcome<Plan> {
  const { settings, startsOn, layer, versions } = question;
  const errors = { ...impossibleSettings(settings, { layer, startsOn }), ...startErrors(question) };
  if (Object.keys(errors).length > 0) return refuseFields(errors);
  const base = versionOn(versions, startsOn);
  if (base !== undefined && same(base.settings, settings)) return refuse('invalid', { message: texts.nothingChanged });
  const later = versions
    .filter((one) => !one.withdrawn && one.startsOn > startsOn)
    .toSorted((a, b) => compareDays(a.startsOn, b.startsOn))
    .at(0);
  return accepted({ settings, startsOn, base, later });
}

/** The sentence about a later plan; undefined when the new version has no end in sight. */
export function laterPlanText({ later }: Pick<Plan, 'later'>): string | undefined {
  return later === undefined ? undefined : texts.laterPlan(later.version, later.startsOn, addDays(later.startsOn, -1));
}

/** 「毎月第n○曜」: one day a month for so many months, from a month on; a month without an n-th one is left out. `on`: 0 Sunday … 6 Saturday. */
export function monthlyMeetings(rule: { nth: number; on: number; year: number; month: number; months: number }): Day[] {
  return Array.from({ length: rule.months }, (_, index) => {
    const months = rule.month - 1 + index;
    const year = rule.year + Math.floor(months / 12);
    const first = dayFrom(year, (months % 12) + 1, 1);
    if (first === undefined) return undefined;
    const day = addDays(first, ((rule.on - weekday(first) + 7) % 7) + (rule.nth - 1) * 7);
    return day.slice(0, 7) === first.slice(0, 7) ? day : undefined;
  }).filter((day) => day !== undefined);
}

type Paper = AssociationSettings['requiredDocuments'][number];

/** Papers that every association means by the same name; a doctor uploads them once for all of them. */
const common: Readonly<Record<string, string>> = { 医師免許証: 'licence', '履歴書・経歴書': 'resume' };

/** Gives every paper its code: common ones the common code, known ones the one they have, new ones a free one of this association. */
export function codedPapers(papers: readonly Omit<Paper, 'code'>[], of: { associationId: number; known: readonly Paper[] }): Paper[] {
  const used = new Set(of.known.map((paper) => paper.code));
  const coded: Paper[] = [];
  const codeOf = (title: string) =>
    common[title] ?? [...of.known, ...coded].find((paper) => paper.title === title)?.code ?? freeCode(of.associationId, used);
  for (const paper of papers) {
    const code = codeOf(paper.title);
    used.add(code);
    coded.push({ ...paper, code });
  }
  return coded;
}

function freeCode(associationId: number, used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const code = `p${associationId}-${number}`;
    if (!used.has(code)) return code;
  }
}
