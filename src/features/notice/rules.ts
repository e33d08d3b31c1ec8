import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { startOfDay } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import type { NoticeCondition } from './condition.ts';
import { conditionFault } from './condition.ts';
import { noticeTexts as texts } from './messages.ts';
import type { NoticeTarget } from './schema.ts';

/** What a notice needs before it can be registered (`screens.md O-16`). Pure. */

export type NoticeContent = {
  title: string;
  category1Id: number | null;
  category2Id: number | null;
  lead: string;
  body: string;
  target: NoticeTarget | null;
  condition: NoticeCondition;
  startsOn: Day | null;
  endsOn: Day | null;
  important: boolean;
  byMail: boolean;
  mailHour: number;
};

export type Surrounding = { today: Day; lowerIds: ReadonlySet<number>; categoryIds: ReadonlySet<number> };

const hourMs = 3_600_000;

/** Targets below one's own association are for layers that have something below them. */
function isBelow(target: NoticeTarget | null): boolean {
  return target === 'lowerOffices' || target === 'lowerMembers';
}

/** The targets that an office may choose. */
export function targetsFor({ layer }: Pick<OfficeActor, 'layer'>, hasLower: boolean): NoticeTarget[] {
  return [
    'members',
    'condition',
    ...(hasLower ? (['lowerOffices'] as const) : []),
    // JMA and prefectures (`screens.md O-16`).
    ...(hasLower && layer <= 2 ? (['lowerMembers'] as const) : []),
    'public',
    // What the operations office has entered is registered by the JMA (`screens.md P-07`).
    ...(layer === 1 ? (['allDoctors', 'allOffices'] as const) : []),
  ];
}

/** 公開 has no readers whom one could count or write to. */
export function hasReaders(target: NoticeTarget | null): boolean {
  return target !== 'public' && target !== null;
}

/** Readers are offices, not persons. */
export function isToOffices(target: NoticeTarget | null): boolean {
  return target === 'lowerOffices' || target === 'allOffices';
}

/** Readers are all doctors or all offices (`screens.md P-07`). */
export function isToAll(target: NoticeTarget | null): boolean {
  return target === 'allDoctors' || target === 'allOffices';
}

/** The condition counts only where the target says so. */
export function conditionFor(target: NoticeTarget | '', condition: NoticeCondition): NoticeCondition {
  return target === 'condition' ? condition : {};
}

/** 下層医師会 of a condition is one of the own: even a number of readers tells memberships (`rules.md 5.6`). */
export function isLowerKnown({ condition }: Pick<NoticeContent, 'condition'>, { lowerIds }: Pick<Surrounding, 'lowerIds'>): boolean {
  return condition.lower === undefined || lowerIds.has(condition.lower);
}

function targetFault(content: NoticeContent, around: Surrounding): { field: string; message: string } | undefined {
  const { target, condition } = content;
  if (target === null) return { field: 'target', message: messages.sel(texts.target) };
  if (isBelow(target) && around.lowerIds.size === 0) return { field: 'target', message: texts.notBelow };
  if (target !== 'condition') return undefined;
  return isLowerKnown(content, around) ? conditionFault(condition) : { field: 'lower', message: messages.sel(texts.lower) };
}

function periodFault({ startsOn, endsOn }: NoticeContent, today: Day): { field: string; message: string } | undefined {
  if (startsOn === null) return { field: 'startsOn', message: messages.req(texts.startsOn) };
  if (startsOn < today) return { field: 'startsOn', message: texts.tooSoon };
  return endsOn !== null && endsOn < startsOn ? { field: 'endsOn', message: messages.order() } : undefined;
}

/** What still stands between a notice and 登録する, by field; empty when nothing does. */
export function faultsOf(content: NoticeContent, around: Surrounding): FieldErrors {
  const { title, body, category1Id, category2Id, byMail, target } = content;
  const unknown = (id: number | null) => id !== null && !around.categoryIds.has(id);
  const faults = [
    title === '' ? { field: 'title', message: messages.req(texts.title) } : undefined,
    category1Id === null || unknown(category1Id) ? { field: 'category1', message: messages.sel(texts.category1) } : undefined,
    unknown(category2Id) ? { field: 'category2', message: messages.sel(texts.category2) } : undefined,
    body === '' ? { field: 'body', message: messages.req(texts.body) } : undefined,
    targetFault(content, around),
    periodFault(content, around.today),
    byMail && target === 'public' ? { field: 'byMail', message: texts.noMailToAll } : undefined,
  ];
  return Object.fromEntries(faults.flatMap((fault) => (fault === undefined ? [] : [[fault.field, [fault.message]]])));
}

/** When mails go out: the hour in Japan of the first day, or at once when that is past. */
export function mailTime({ startsOn, mailHour }: { startsOn: Day; mailHour: number }, now: Date): Date {
  const planned = startOfDay(startsOn).getTime() + mailHour * hourMs;
  return planned > now.getTime() ? new Date(planned) : now;
}

/** Which mails of D-04 a notice is one of, by the names of its categories: 研修会の案内, or every other お知らせ. */
export function mailKindOf(categories: readonly string[]): 'notices' | 'training' {
  return categories.some((name) => /研修|講習/.test(name)) ? 'training' : 'notices';
}
