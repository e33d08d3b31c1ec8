import { newId } from '#kernel/id.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isReturned } from '../flow.ts';
import type { TransferForm } from '../forms.ts';
import { transferForm, transferInput } from '../forms.ts';
import { texts } from '../messages.ts';
import type { Case } from '../store.server.ts';
import { insertDraft, loadCase, updateApplication } from '../store.server.ts';
import { draftLocks } from './draft-locks.ts';
import { gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { beforeOf, detailsOfGroup, leavesApart, originsOf, reasonErrors, rivalOf, rivalRefusal } from './origin.ts';

type Around = {
  draft: Case | undefined;
  personId: string;
  origin: Origin | undefined;
  leaveApart: boolean;
  rival: { id: string } | undefined;
  reasonErrors: FieldErrors;
};

/** The stored form of a transfer; undefined where it is not one. */
export function transferFormOf(target: Case | undefined): TransferForm | undefined {
  const parsed = transferForm.safeParse(target?.form);
  return parsed.success ? parsed.data : undefined;
}

/** What the other pages have written stays; another group makes the destination a new question. */
function kept(before: TransferForm | undefined, origin: Origin): Pick<TransferForm, 'destination' | 'undecided' | 'moves' | 'details'> {
  if (before?.affiliationId === origin.id) return before;
  const { workCode, positionCode, positionText, designations, designationText } = detailsOfGroup(origin);
  const work = { workCode: workCode ?? '', positionCode: positionCode ?? '', positionText: positionText ?? '' };
  const details = { ...work, designations: designations ?? [], designationText: designationText ?? '' };
  return { destination: null, undecided: false, moves: [], details: before?.details ?? details };
}

function lowestOf({ carried }: Origin): number[] {
  return carried.slice(0, 1).map((place) => place.associationId);
}

/** Step 1 of 異動届 with change of association (`screens.md D-09`): reason and origin. */
export const saveTransfer = command({
  name: 'application.saveTransfer',
  input: transferInput,
  locks: draftLocks,
  load: async (tx, input, ctx): Promise<Around | undefined> => {
    const draft = input.id === '' ? undefined : await loadCase(tx, ctx.actor, input.id);
    if (input.id !== '' && draft?.kind !== 'transfer') return undefined;
    const personId = draft?.personId ?? (ctx.actor.kind === 'doctor' ? ctx.actor.personId : undefined);
    if (personId === undefined) return undefined;
    const origin = (await originsOf(tx, ctx, personId)).find((one) => one.id === input.affiliationId);
    return {
      draft,
      personId,
      origin,
      leaveApart: origin !== undefined && leavesApart(origin, await settingsOn(tx, lowestOf(origin), ctx.today)),
      rival: origin === undefined ? undefined : await rivalOf(tx, { personId, id: input.id }, origin.id),
      reasonErrors: input.complete ? await reasonErrors(tx, ctx, { use: 'transfer', ...input }) : {},
    };
  },
  allow: (ctx, { draft }, input) => {
    if (draft !== undefined) return gate(ctx, 'edit', { target: draft, seen: input.version ?? 0 });
    return ctx.actor.kind === 'doctor' ? true : refuse('forbidden');
  },
  decide: (ctx, { draft, origin, leaveApart, rival, reasonErrors: faults }, input) => {
    if (rival !== undefined) return rivalRefusal(ctx, rival.id);
    const { affiliationId } = input;
    if (origin === undefined || affiliationId === '') return refuseFields({ ...faults, affiliationId: [texts.notSelected] });
    if (Object.keys(faults).length > 0) return refuseFields(faults);
    const before = transferFormOf(draft);
    const sent = draft !== undefined && isReturned(draft.state) && before !== undefined;
    if (sent && before.affiliationId !== affiliationId) return refuseFields({ affiliationId: [texts.fixedGroup] });
    const form: TransferForm = {
      affiliationId,
      reason: input.reason,
      reasonText: input.reasonText,
      before: sent ? before.before : beforeOf(origin),
      workplaceBefore: sent ? before.workplaceBefore : (origin.facilityName ?? ''),
      ...kept(before, origin),
      leaveApart: sent ? before.leaveApart : leaveApart,
    };
    // Only the leave can go ahead without destination, and that is not asked for here.
    if (form.leaveApart) form.undecided = false;
    return accepted({ id: draft?.id ?? newId(), form });
  },
  save: async (tx, { ctx, target: { draft, personId }, decision: { id, form } }) => {
    if (draft === undefined) await insertDraft(tx, { id, kind: 'transfer', personId, form, at: ctx.now });
    else await updateApplication(tx, { id, version: draft.version, now: ctx.now }, { form });
    return { value: { id }, audit: { action: 'application.saveTransfer', personIds: [personId], target: id }, events: [] };
  },
});
