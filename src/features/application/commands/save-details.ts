import type { Day } from '#kernel/day.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { codeList, pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import { command } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { missingPapers } from '../documents.ts';
import { documentCode } from '../fields.ts';
import type { ShownPaper } from '../fields.ts';
import { fieldNames, texts } from '../messages.ts';
import { windowDays } from '../rules.ts';
import type { Details, JoinForm, RawDetails } from '../schema.ts';
import { detailsInput, joinForm, saveDetailsInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import { caseLocks, gate } from './gate.ts';

/** What the checks of step 2 need besides the typed text. */
export type DetailsAround = {
  form: JoinForm;
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
  const form = joinForm.safeParse(target.form);
  if (!form.success) return undefined;
  const codesOf = async (list: string) => (await codeList(tx, list, ctx.today)).map((row) => row.code);
  // A case that has been sent keeps the settings it was sent under (`rules.md 4.1`).
  const pins = target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  return {
    form: form.data,
    settings:
      pins.length > 0
        ? await pinnedSettings(tx, pins)
        : await settingsOn(
            tx,
            form.data.choices.map((choice) => choice.associationId),
            ctx.today,
          ),
    codes: {
      work: new Set(await codesOf('work')),
      position: new Map((await codeList(tx, 'position', ctx.today)).map((row) => [row.code, row.label === texts.otherChoice])),
      designation: new Set(await codesOf('designation')),
      ownerType: new Set(await codesOf('ownerType')),
    },
    papers: await papersOfCase(tx, ctx, target),
    facilityExists: facilityId === '' || (await findFacility(tx, facilityId)) !== undefined,
  };
}

function windowErrors(around: DetailsAround, wishedOn: Day | undefined, today: Day): FieldErrors {
  const lowest = around.settings.find((row) => row.associationId === around.form.choices[0]?.associationId);
  if (lowest === undefined || wishedOn === undefined) return {};
  const { from, to } = windowDays(lowest.settings.wishWindow, today);
  return wishedOn < from || wishedOn > to
    ? { wishedOn: [messages.window(fieldNames.wishedOn, formatDayPlain(from), formatDayPlain(to))] }
    : {};
}

function codeErrors(around: DetailsAround, details: Details): FieldErrors {
  const fields: Record<string, string[]> = {};
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

/** Step 2 converted, or everything that is wrong with it at once: fields, window, codes, papers. */
export function judgeDetails(around: DetailsAround, raw: RawDetails, ctx: Pick<Context, 'today'>): Outcome<Details> {
  const parsed = detailsInput.safeParse(raw);
  const typed = raw['wishedOn'];
  const wishedOn = typeof typed === 'string' ? parseDayInput(typed) : undefined;
  const fields = {
    ...windowErrors(around, wishedOn, ctx.today),
    ...(parsed.success ? codeErrors(around, parsed.data) : fieldErrors(parsed.error)),
    ...paperErrors(around.papers),
  };
  if (Object.keys(fields).length > 0) return refuseFields(fields);
  return parsed.success ? accepted(parsed.data) : refuse('invalid');
}

/**
 * Step 2 of 入会届. `complete: false` keeps everything as typed (一時保存する); `complete: true` also checks it all, keeps it
 * either way, and is refused at the fields when something is missing.
 */
export const saveDetails = command({
  name: 'application.saveDetails',
  input: saveDetailsInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const facilityId = typeof input.details['facilityId'] === 'string' ? input.details['facilityId'] : '';
    const around = target === undefined ? undefined : await loadDetailsAround(tx, ctx, { target, facilityId });
    return target === undefined || around === undefined ? undefined : { target, around };
  },
  allow: (ctx, { target }, input) => (target.kind === 'join' ? gate(ctx, 'edit', { target, seen: input.version }) : refuse('notFound')),
  decide: (ctx, { around }, input) => {
    if (!input.complete) return accepted({ form: { ...around.form, details: input.details } });
    const judged = judgeDetails(around, input.details, ctx);
    return judged.ok ? accepted({ form: { ...around.form, details: input.details } }) : judged;
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
