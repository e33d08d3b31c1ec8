import { newId } from '#kernel/id.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { categoriesOf } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import type { z } from 'zod';
import { isDecided, isReturned, isUndecided } from '../flow.ts';
import type { ChangeForm } from '../forms.ts';
import { changeForm, changeInput } from '../forms.ts';
import { texts } from '../messages.ts';
import type { Choice, RawDetails } from '../schema.ts';
import { categoryField } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { insertDraft, loadCase, updateApplication } from '../store.server.ts';
import { draftLocks } from './draft-locks.ts';
import { gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { beforeOf, detailsOfGroup, originsOf, reasonErrors, rivalOf, rivalRefusal } from './origin.ts';

type Input = z.infer<typeof changeInput>;

type Around = {
  draft: Case | undefined;
  personId: string;
  origin: Origin | undefined;
  rival: { id: string } | undefined;
  categories: { id: number; associationId: number }[];
  reasonErrors: FieldErrors;
};

function formOf(draft: Case | undefined): ChangeForm | undefined {
  const parsed = changeForm.safeParse(draft?.form);
  return parsed.success ? parsed.data : undefined;
}

/** The categories to change, 「変更なし」 left out, or what is wrong with them. */
function changesOf(
  { draft, origin, categories }: Around,
  input: Input,
  sent: ChangeForm | undefined,
): { changes: Choice[]; errors: FieldErrors } {
  const changes: Choice[] = [];
  const errors: Record<string, string[]> = {};
  for (const place of sent?.before ?? origin?.carried ?? []) {
    // What an association has decided is its own now, whatever the form says of it.
    const decided = sent !== undefined && draft?.steps.some((step) => step.associationId === place.associationId && isDecided(step.state));
    if (decided === true) {
      const asked = sent.changes.find((one) => one.associationId === place.associationId);
      const text = input.categories[categoryField(place.associationId)] ?? '';
      if (asked !== undefined) changes.push(asked);
      if (text !== '' && Number(text) !== (asked ?? place).categoryId)
        errors[`categories.${categoryField(place.associationId)}`] = [texts.fixedCategory];
      continue;
    }
    const text = input.categories[categoryField(place.associationId)] ?? '';
    const categoryId = text === '' ? place.categoryId : Number(text);
    if (categoryId === place.categoryId) continue;
    const known = categories.some((one) => one.id === categoryId && one.associationId === place.associationId);
    if (known) changes.push({ associationId: place.associationId, categoryId });
    else errors[`categories.${categoryField(place.associationId)}`] = [texts.chooseCategory];
  }
  return { changes, errors };
}

/** A returned case keeps its group and who decides: an office that only takes notice cannot get something to decide. */
function fixedErrors(draft: Case, { changes, before }: { changes: readonly Choice[]; before: ChangeForm }): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const step of draft.steps) {
    const now = changes.find((one) => one.associationId === step.associationId)?.categoryId;
    const sent = before.changes.find((one) => one.associationId === step.associationId)?.categoryId;
    const open = step.role === 'decide' && isUndecided(step.state);
    if (now !== sent && !open) errors[`categories.${categoryField(step.associationId)}`] = [texts.fixedCategory];
  }
  return errors;
}

/** Where the person stood: now for a draft, when it was sent for a returned case. */
function standingFor(origin: Origin | undefined, sent: ChangeForm | undefined): Pick<ChangeForm, 'before' | 'workplaceBefore'> {
  if (sent !== undefined) return { before: sent.before, workplaceBefore: sent.workplaceBefore };
  return { before: origin === undefined ? [] : beforeOf(origin), workplaceBefore: origin?.facilityName ?? '' };
}

function detailsFor(origin: Origin | undefined, before: ChangeForm | undefined): RawDetails {
  if (before !== undefined && (origin === undefined || before.affiliationId === origin.id)) return before.details;
  if (origin === undefined) return {};
  return { ...detailsOfGroup(origin), keepFacility: 'on', note: before?.details['note'] ?? '' };
}

/** Step 1 of 異動届 without change of association (`screens.md D-10`): reason, group, categories. */
export const saveChange = command({
  name: 'application.saveChange',
  input: changeInput,
  locks: draftLocks,
  load: async (tx, input, ctx): Promise<Around | undefined> => {
    const draft = input.id === '' ? undefined : await loadCase(tx, ctx.actor, input.id);
    if (input.id !== '' && draft?.kind !== 'change') return undefined;
    const personId = draft?.personId ?? (ctx.actor.kind === 'doctor' ? ctx.actor.personId : undefined);
    if (personId === undefined) return undefined;
    const origin = (await originsOf(tx, ctx, personId)).find((one) => one.id === input.affiliationId);
    const sent = draft !== undefined && isReturned(draft.state) ? formOf(draft) : undefined;
    const ids = (sent?.before ?? origin?.carried ?? []).map((place) => place.associationId);
    return {
      draft,
      personId,
      origin,
      rival: origin === undefined ? undefined : await rivalOf(tx, { personId, id: input.id }, origin.id),
      categories: await categoriesOf(tx, ids, ctx.today),
      reasonErrors: input.complete ? await reasonErrors(tx, ctx, { use: 'change', ...input }) : {},
    };
  },
  allow: (ctx, { draft }, input) => {
    if (draft !== undefined) return gate(ctx, 'edit', { target: draft, seen: input.version ?? 0 });
    return ctx.actor.kind === 'doctor' ? true : refuse('forbidden');
  },
  decide: (ctx, around, input) => {
    const { origin, draft } = around;
    const before = formOf(draft);
    if (around.rival !== undefined) return rivalRefusal(ctx, around.rival.id);
    const { affiliationId } = input;
    const sent = draft !== undefined && isReturned(draft.state) && before !== undefined;
    // The lowest office may have moved the memberships to the new workplace already: the paper still speaks of the old group.
    if ((origin === undefined && !sent) || affiliationId === '')
      return refuseFields({ ...around.reasonErrors, affiliationId: [texts.notSelected] });
    if (sent && before.affiliationId !== affiliationId) return refuseFields({ affiliationId: [texts.fixedGroup] });
    const { changes, errors } = changesOf(around, input, sent ? before : undefined);
    const fixed = sent ? fixedErrors(draft, { changes, before }) : {};
    const fields = { ...around.reasonErrors, ...errors, ...fixed };
    if (Object.keys(fields).length > 0) return refuseFields(fields);
    const form: ChangeForm = {
      affiliationId,
      reason: input.reason,
      reasonText: input.reasonText,
      changes,
      ...standingFor(origin, sent ? before : undefined),
      workplaceStays: before?.workplaceStays ?? false,
      details: detailsFor(origin, before),
    };
    return accepted({ id: draft?.id ?? newId(), form });
  },
  save: async (tx, { ctx, target: { draft, personId }, decision: { id, form } }) => {
    if (draft === undefined) await insertDraft(tx, { id, kind: 'change', personId, form, at: ctx.now });
    else await updateApplication(tx, { id, version: draft.version, now: ctx.now }, { form });
    return { value: { id }, audit: { action: 'application.saveChange', personIds: [personId], target: id }, events: [] };
  },
});
