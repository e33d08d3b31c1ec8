import type { Day } from '#kernel/day.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { codeLists, pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import { command } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { missingPapers } from '../documents.ts';
import { documentCode } from '../fields.ts';
import type { ShownPaper } from '../shown-papers.ts';
import { changeForm } from '../forms.ts';
import { factLabels, fieldNames, texts } from '../messages.ts';
import { windowDays } from '../rules.ts';
import type { RawDetails } from '../schema.ts';
import { saveDetailsInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import { loadFiled } from '../queries/filing.ts';
import type { Asked, Judged } from './details-asked.ts';
import { askedOf, hasWorkplace, withDetails, withLeaveDay } from './details-asked.ts';
import { caseLocks, gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { originsOf, workplaceStays } from './origin.ts';

/** What the checks of step 2 need besides the typed text. */
export type DetailsAround = {
  asked: Asked;
  /** The group that a 異動届 without change of association speaks of. */
  origin: Origin | undefined;
  settings: PinnedSettings[];
  codes: { work: Set<string>; position: Map<string, boolean>; designation: Set<string>; ownerType: Set<string> };
  papers: ShownPaper[];
  facilityExists: boolean;
};

/** Loads what step 2 is checked against; undefined when the draft has not passed step 1. */
export async function loadDetailsAround(
  tx: ReadTransaction,
  ctx: Context,
  { target, facilityId }: { target: Case; facilityId: string },
): Promise<DetailsAround | undefined> {
  const asked = askedOf(target.kind, target.form);
  if (asked === undefined) return undefined;
  const codes = await codeLists(tx, ['work', 'position', 'designation', 'ownerType'], ctx.today);
  // A case that has been sent keeps the settings it was sent under (`rules.md 4.1`).
  const pins = target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  return {
    asked,
    origin: await originOf(tx, ctx, target),
    settings: pins.length > 0 ? await pinnedSettings(tx, pins) : await settingsOn(tx, asked.associationIds, ctx.today),
    codes: {
      work: new Set(codes('work').map((row) => row.code)),
      position: new Map(codes('position').map((row) => [row.code, row.label === texts.otherChoice])),
      designation: new Set(codes('designation').map((row) => row.code)),
      ownerType: new Set(codes('ownerType').map((row) => row.code)),
    },
    papers: await papersOfCase(tx, ctx, target),
    facilityExists: facilityId === '' || (await findFacility(tx, facilityId)) !== undefined,
  };
}

async function originOf(tx: ReadTransaction, ctx: Context, target: Case): Promise<Origin | undefined> {
  const form = target.kind === 'change' ? changeForm.safeParse(target.form) : undefined;
  if (form?.success !== true) return undefined;
  return (await originsOf(tx, ctx, target.personId)).find((one) => one.id === form.data.affiliationId);
}

const windowNames = { join: fieldNames.wishedOn, transfer: fieldNames.wishedOn, change: texts.changeWish } as const;

function windowErrors({ asked, settings }: DetailsAround, raw: RawDetails, today: Day): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const { field, associationId } of asked.windows) {
    const typed = raw[field];
    const on = typeof typed === 'string' ? parseDayInput(typed) : undefined;
    const owner = settings.find((row) => row.associationId === associationId);
    if (owner === undefined || on === undefined) continue;
    const { from, to } = windowDays(owner.settings.wishWindow, today);
    const name = field === 'leaveOn' ? factLabels.leaveOn : windowNames[asked.kind];
    if (on < from || on > to) errors[field] = [messages.window(name, formatDayPlain(from), formatDayPlain(to))];
  }
  return errors;
}

function codeErrors(around: DetailsAround, judged: Judged): FieldErrors {
  const fields: Record<string, string[]> = {};
  if (!hasWorkplace(judged)) return fields;
  const details = judged;
  if (!around.facilityExists) fields['facilityId'] = [texts.facilityGone];
  if (!around.codes.work.has(details.workCode)) fields['workCode'] = [messages.sel(fieldNames.work)];
  if (!around.codes.position.has(details.positionCode)) fields['positionCode'] = [messages.sel(fieldNames.position)];
  if (around.codes.position.get(details.positionCode) === true && details.positionText === '')
    fields['positionText'] = [messages.req(fieldNames.positionText)];
  if (details.designations.some((code) => !around.codes.designation.has(code)))
    fields['designations'] = [messages.sel(fieldNames.designation)];
  if (details.facilityOwnerType !== '' && !around.codes.ownerType.has(details.facilityOwnerType))
    fields['facilityOwnerType'] = [messages.sel(fieldNames.ownerType)];
  return fields;
}

/** Required rows without a file, for the form of any kind. */
export function paperErrors(papers: readonly ShownPaper[]): FieldErrors {
  return Object.fromEntries(missingPapers(papers).map((code) => [documentCode(code), [messages.file()]]));
}

/** A change that changes neither a category nor the workplace is none (`screens.md D-10`). */
function changeErrors({ asked, origin }: DetailsAround, judged: Judged): FieldErrors {
  if (asked.kind !== 'change' || origin === undefined || !hasWorkplace(judged)) return {};
  const form = changeForm.parse(asked.form);
  return form.changes.length === 0 && workplaceStays(origin, judged) ? { keepFacility: [texts.nothingChanges] } : {};
}

/** Step 2 converted, or everything that is wrong with it at once: fields, window, codes, papers. */
export function judgeDetails(around: DetailsAround, raw: RawDetails, ctx: Pick<Context, 'today'>): Outcome<Judged> {
  const parsed = around.asked.schema.safeParse(raw);
  const fields = {
    ...windowErrors(around, raw, ctx.today),
    ...(parsed.success ? { ...codeErrors(around, parsed.data), ...changeErrors(around, parsed.data) } : fieldErrors(parsed.error)),
    ...paperErrors(around.papers),
  };
  if (Object.keys(fields).length > 0) return refuseFields(fields);
  return parsed.success ? accepted(parsed.data) : refuse('invalid');
}

/**
 * Step 2 of 入会届, and what stands there for 異動届. `complete: false` keeps everything as typed (一時保存する); `complete: true` also checks it all, keeps it
 * either way, and is refused at the fields when something is missing.
 */
export const saveDetails = command({
  name: 'application.saveDetails',
  input: saveDetailsInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadFiled(tx, ctx, input.id);
    const facilityId = typeof input.details['facilityId'] === 'string' ? input.details['facilityId'] : '';
    const around = target === undefined ? undefined : await loadDetailsAround(tx, ctx, { target, facilityId });
    return target === undefined || around === undefined ? undefined : { target, around };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'edit', { target, seen: input.version }),
  decide: (ctx, { around }, input) => {
    const details = withLeaveDay(around.asked, input.details);
    const form = withDetails(around.asked, details);
    if (!input.complete) return accepted({ form });
    const judged = judgeDetails(around, details, ctx);
    return judged.ok ? accepted({ form }) : judged;
  },
  save: async (tx, { ctx, target: { target }, decision, input }) => {
    await updateApplication(tx, { id: input.id, version: target.version, now: ctx.now }, { form: decision.form });
    return {
      value: { id: input.id, version: target.version + 1 },
      audit: { action: 'application.saveDetails', personIds: [target.personId], target: input.id },
      events: [],
    };
  },
});
