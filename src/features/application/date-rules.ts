import type { Day } from '#kernel/day.ts';
import { addDays, daysBetween } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { ApplicationKind, Leg } from './flow.ts';
import type { Finding, Window } from './rules.ts';
import { finalNote, windowFindings, wishFindings } from './rules.ts';

/** What must be said about 退会日 and 異動日 before they are decided (`screens.md O-06`). Pure. */

type Period = { joinedOn: Day; leftOn: Day | null };

/** Without a window any day may be decided: a death becomes known late. */
type DateQuestion = { decidedOn: Day; today: Day; wishedOn: Day; window: Window | undefined; farFuture: 'warn' | 'block' };

export const dateNames: Readonly<Record<Leg, string>> = { join: '入会日', leave: '退会日', change: '異動日' };

const wishNames: Readonly<Record<ApplicationKind, string>> = {
  join: '入会希望年月日',
  transfer: '希望年月日',
  change: '入会または異動希望年月日',
  withdrawal: '退会希望年月日',
};

/** Label of the wish on the paper of this kind. */
export function wishName(kind: ApplicationKind): string {
  return wishNames[kind];
}

export type LeaveQuestion = DateQuestion & {
  kind: ApplicationKind;
  /** Own period and those of the layers that end with it. */
  ending: readonly { name: string; period: Period | undefined; own: boolean }[];
};

function endingFindings(question: LeaveQuestion): Finding[] {
  return question.ending.flatMap(({ name, period, own }): Finding[] => {
    if (period === undefined)
      return [{ level: 'block', code: 'notMember', text: `${name}の会員ではない日付です。会員期間をご確認ください。` }];
    if (question.decidedOn >= period.joinedOn) return [];
    const whose = own ? '' : `${name}の`;
    return [
      {
        level: 'block',
        code: 'beforeJoin',
        text: `退会日は${whose}入会日(${formatDayPlain(period.joinedOn)})以降の日付を入力してください。`,
      },
    ];
  });
}

function uppersNote(question: LeaveQuestion): Finding[] {
  const uppers = question.ending.filter((one) => !one.own).map((one) => one.name);
  if (uppers.length === 0 || question.kind === 'transfer') return [];
  return [
    { level: 'note', code: 'alsoLeaves', text: `次の医師会も${formatDayPlain(question.decidedOn)}付で退会となります:${uppers.join('、')}` },
  ];
}

/** Blocks, warnings and notes about a 退会日; the day itself is still a day of membership (`rules.md 2.3`). */
export function leaveDateFindings(question: LeaveQuestion): Finding[] {
  const wished = wishFindings({
    ...question,
    wishName: question.kind === 'transfer' ? '異動元の退会希望年月日' : wishName(question.kind),
    asksJma: false,
  });
  return [...endingFindings(question), ...windowFindings(question), ...wished, ...uppersNote(question), finalNote];
}

/** Blocks, warnings and notes about a 異動日: it lies within the membership that goes on. */
export function changeDateFindings(
  question: DateQuestion & { kind: ApplicationKind; period: Period | undefined; name: string },
): Finding[] {
  const { period, decidedOn } = question;
  const inside = period !== undefined && period.joinedOn <= decidedOn && (period.leftOn === null || decidedOn <= period.leftOn);
  const span =
    period === undefined ? '' : `(${formatDayPlain(period.joinedOn)}～${period.leftOn === null ? '' : formatDayPlain(period.leftOn)})`;
  const outside: Finding[] = inside
    ? []
    : [{ level: 'block', code: 'outsidePeriod', text: `異動日は${question.name}の会員期間${span}の日付を入力してください。` }];
  const wished = wishFindings({ ...question, wishName: wishName(question.kind), asksJma: false });
  return [...outside, ...windowFindings(question), ...wished, finalNote];
}

/** Days between the last day of the old membership and the first of the new one; negative where they overlap. */
export function gapDays(leftOn: Day, joinedOn: Day): number {
  return daysBetween(addDays(leftOn, 1), joinedOn);
}

/** A transfer's two dates join without a gap, or a reason says why not (`rules.md 3.6`). */
export function gapFindings(dates: { leftOn: Day; joinedOn: Day }): Finding[] {
  const gap = gapDays(dates.leftOn, dates.joinedOn);
  const found: Finding[] = [];
  if (gap > 0) found.push({ level: 'warn', code: 'gap', text: `退会日と入会日の間が${gap}日空きます。理由を入力してください。` });
  if (gap < 0) found.push({ level: 'warn', code: 'gap', text: `退会日と入会日が${-gap}日重なります。理由を入力してください。` });
  if (gap > 365)
    found.push({ level: 'note', code: 'pension', text: '退会から1年を超えています。医師年金の取扱いは年金福祉課へご確認ください。' });
  return found;
}

/** 承認取消 of a finished case ends before its first day of effect, 退会取消 with the leave day (`rules.md 3.9`). */
export function tooLateToRevoke(action: 'revoke' | 'revokeLeave', about: { open: boolean; firstOn: Day | undefined }, today: Day): boolean {
  if (about.firstOn === undefined || (action === 'revoke' && about.open)) return false;
  return action === 'revoke' ? about.firstOn <= today : about.firstOn < today;
}
