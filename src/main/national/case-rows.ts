import type { Day } from '#kernel/day.ts';
import type { DayNumber } from './dates.ts';
import { dayText, instantText } from './dates.ts';
import { idOf, kinds } from './ids.ts';
import type { MadeCase, StepFate } from './lives.ts';
import type { Load, Sheet } from './sheet.ts';
import { sorted } from './sheet.ts';

const stepDays = 3;

type About = { load: Load; applicationId: string; visible: readonly number[] };

const verbs: Readonly<Partial<Record<StepFate, string>>> = {
  approved: 'approve',
  rejected: 'reject',
  returned: 'return',
  received: 'receive',
};

function instant({ count }: Load, day: DayNumber): string {
  count.tick += 1;
  return instantText(day, count.tick);
}

function writeEvent(
  sheet: Sheet,
  made: MadeCase,
  step: { id: string; associationId: number; category: string | undefined; at: string },
): void {
  const { count, country, writer, facilityId: facilityOf } = sheet.load;
  count.event += 1;
  const affiliation = made.affiliation ?? 0;
  const facilityId = made.facility === undefined ? null : facilityOf(sheet.life.affiliations[affiliation]?.leaf ?? fail(), made.facility);
  const categoryId = step.category === undefined ? null : country.categoryId(step.associationId, step.category);
  const event = {
    id: count.event,
    kind: made.deed,
    correctedKind: null,
    affiliationId: sheet.affiliationIds[affiliation] ?? '',
    effectiveOn: dayText(made.effective),
    categoryId,
    facilityId: made.deed === 'joined' || made.deed === 'facility_changed' ? facilityId : null,
    reason: made.deed === 'left' ? '廃業・退職' : '',
    supersedes: null,
    affiliation,
  };
  const known = sheet.events.get(step.associationId);
  if (known === undefined) sheet.events.set(step.associationId, [event]);
  else known.push(event);
  sheet.joined[affiliation]?.add(step.associationId);
  writer.add('membership_event', [
    event.id,
    sheet.person.id,
    step.associationId,
    event.affiliationId,
    event.kind,
    event.effectiveOn,
    categoryId,
    event.facilityId,
    event.reason,
    step.at,
    idOf(kinds.staff, step.associationId),
    step.associationId,
    step.id,
  ]);
}

function action(
  about: About,
  act: {
    stepId: string | null;
    action: string;
    from: string;
    to: string;
    at: string;
    by: number | null;
    name: string;
    decidedOn?: Day;
    categoryId?: number | null;
  },
): void {
  about.load.writer.add('application_action', [
    about.applicationId,
    act.stepId,
    act.action,
    act.from,
    act.to,
    act.decidedOn ?? null,
    act.categoryId ?? null,
    '{}',
    '',
    act.name,
    act.by === null ? null : idOf(kinds.staff, act.by),
    act.by,
    act.at,
    about.visible,
  ]);
}

function writeSteps(sheet: Sheet, made: MadeCase, about: About): void {
  const { count, country, writer } = sheet.load;
  const leg = made.kind === 'join' ? 'join' : made.kind === 'withdrawal' ? 'leave' : 'change';
  const open = made.state === 'submitted' || made.state === 'returned';
  let reached = made.submitted;
  for (const [ordinal, step] of made.steps.entries()) {
    count.step += 1;
    const id = idOf(kinds.step, count.step);
    const seen = step.fate !== 'waiting' && step.fate !== 'skipped';
    const arrived = seen ? instant(sheet.load, reached) : null;
    const reachedOn = seen ? dayText(reached) : null;
    const decided = ['approved', 'rejected', 'acknowledged'].includes(step.fate);
    reached += decided || step.fate === 'received' || step.fate === 'returned' ? stepDays : 0;
    const at = instant(sheet.load, reached);
    const approved = step.fate === 'approved';
    const categoryId = step.category === undefined ? null : country.categoryId(step.associationId, step.category);
    const role = made.kind === 'withdrawal' && ordinal > 0 ? 'acknowledge' : 'decide';
    writer.add('application_step', [
      id,
      about.applicationId,
      leg,
      ordinal,
      sheet.person.id,
      step.associationId,
      step.layer,
      role,
      step.fate,
      open,
      categoryId,
      approved ? dayText(made.effective) : null,
      approved ? categoryId : null,
      country.settingsVersion,
      instantText(made.submitted, 0),
      arrived,
      reachedOn,
      approved || step.fate === 'received' ? at : null,
      decided ? at : null,
      decided ? '事務局' : '',
      about.visible,
    ]);
    const by = { stepId: id, from: 'arrived', at, by: step.associationId, name: '事務局' };
    const verb = verbs[step.fate];
    if (verb !== undefined)
      action(about, { ...by, action: verb, to: step.fate, ...(approved ? { decidedOn: dayText(made.effective), categoryId } : {}) });
    if (approved || step.fate === 'acknowledged')
      writeEvent(sheet, made, { id, associationId: step.associationId, category: step.category, at });
  }
}

/** The form as the pages would have kept it. */
function formOf(load: Load, made: MadeCase): string {
  const choices = made.steps.map((step) => ({
    associationId: step.associationId,
    categoryId: load.country.categoryId(step.associationId, step.category ?? 'B'),
  }));
  const work = { facilityUndecided: 'on', workCode: '24', positionCode: '14', designations: ['01'] };
  const details = { wishedOn: dayText(made.effective), ...work, note: '' };
  return JSON.stringify({ way: 'association', prefecture: '', lowestAssociationId: made.lowest, direct: false, choices, details });
}

/** 取下げ by the doctor or 取消 by the lowest office. */
function writeEnd(sheet: Sheet, made: MadeCase, about: About): void {
  if (made.state !== 'retracted' && made.state !== 'cancelled') return;
  const byOffice = made.state === 'cancelled';
  action(about, {
    stepId: null,
    action: byOffice ? 'cancel' : 'retract',
    from: 'submitted',
    to: made.state,
    at: instant(sheet.load, made.submitted + 5),
    by: byOffice ? made.lowest : null,
    name: byOffice ? '事務局' : sheet.person.name,
  });
}

/** A case with its steps and its record, and the ledger's events that came of it. */
export function writeCase(sheet: Sheet, made: MadeCase): void {
  const { load } = sheet;
  const { count, writer } = load;
  count.application += 1;
  const applicationId = idOf(kinds.application, count.application);
  const visible = sorted(made.steps.map((step) => step.associationId));
  const about: About = { load, applicationId, visible };
  const submitted = instantText(made.submitted, 0);
  const open = made.state === 'submitted' || made.state === 'returned';
  const affiliationId = made.affiliation === undefined ? null : (sheet.affiliationIds[made.affiliation] ?? null);
  if (open && made.affiliation !== undefined) sheet.pending[made.affiliation] = visible;
  const closed = open ? null : instantText(made.submitted + stepDays * made.steps.length, 479);
  writer.add('application', [
    applicationId,
    `${dayText(made.submitted).slice(0, 4)}-${String(count.application).padStart(7, '0')}`,
    made.kind,
    made.state,
    sheet.person.id,
    affiliationId,
    made.kind === 'join' ? `new:${made.lowest}` : affiliationId,
    formOf(load, made),
    dayText(made.effective),
    sheet.person.name,
    sheet.person.kana,
    sheet.person.licence,
    visible,
    3 + made.steps.length,
    submitted,
    closed ?? submitted,
    submitted,
    closed,
  ]);
  const act = { stepId: null, action: 'submit', from: 'draft', to: 'submitted', at: submitted };
  action(about, { ...act, by: null, name: sheet.person.name });
  writeSteps(sheet, made, about);
  writeEnd(sheet, made, about);
}

function fail(): never {
  throw new RangeError('no such affiliation');
}
