import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { reasonExists } from '#features/association/queries/reasons.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Json } from '#platform/db/schema.gen.ts';
import { withdrawalDraft } from '../forms.ts';
import type { ProxyInput } from '../proxy-facts.ts';
import { factsOf, groundCodes, leaveReasons, pastDays, proxyInput } from '../proxy-facts.ts';
import { proxyNames, proxyTexts } from '../proxy-messages.ts';
import { mayEnterGround } from '../proxy-rules.ts';
import { insertDraft, loadCase, updateApplication } from '../store.server.ts';
import { caseLocks, gate } from './gate.ts';

function officeOf(ctx: Context): OfficeActor | undefined {
  return ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? ctx.actor : undefined;
}

/** What the new paper holds before anything is chosen: the ground says the reason, the day of death is the proposed last day. */
function emptyForm(input: ProxyInput): Json {
  if (input.kind !== 'withdrawal') return {};
  if (input.why === 'request') return withdrawalDraft.parse({});
  const day = input.why === 'death' ? { wishedOn: formatDayPlain(input.diedOn) } : {};
  return withdrawalDraft.parse({ ground: input.why, details: { ...day, reason: leaveReasons[input.why] } });
}

function faultsOf(ctx: Context, input: ProxyInput, groundKnown: boolean): FieldErrors {
  const ahead = pastDays(input).filter(({ on }) => on > ctx.today);
  return {
    ...Object.fromEntries(ahead.map(({ field, label }) => [field, [messages.past(label)]])),
    ...(groundKnown ? {} : { ground: [messages.sel(proxyNames.ground)] }),
  };
}

function isRequestGround(code: string): boolean {
  return code !== groundCodes.death && code !== groundCodes.missing;
}

/**
 * Step 0 of a proxy application (`rules.md 3.10`): the ground, and with it an empty paper that the office fills in like the
 * doctor would. With an `id` the ground of a paper not yet decided upon is put right.
 */
export const beginProxy = command({
  name: 'application.beginProxy',
  input: proxyInput,
  locks: async (tx, input, ctx) =>
    input.id === '' ? [{ kind: 'person', id: input.personId }] : await caseLocks(tx, { id: input.id }, ctx),
  load: async (tx, input, ctx) => {
    const office = officeOf(ctx);
    // Only persons within the office's scope are found at all (`rules.md 5.6`).
    const person = await findPerson(tx, input.personId);
    const draft = input.id === '' ? undefined : await loadCase(tx, ctx.actor, input.id);
    if (office === undefined || person === undefined) return undefined;
    if (input.id !== '' && (draft?.proxyAssociationId !== office.associationId || draft.personId !== person.id)) return undefined;
    const groundKnown =
      input.why !== 'request' ||
      (isRequestGround(input.ground) && (await reasonExists(tx, { use: 'proxy', codes: [input.ground], on: ctx.today })));
    return { office, person, draft, groundKnown };
  },
  allow: (ctx, { office, draft }, input) => {
    if (!mayEnterGround(input.why, office.layer)) return refuse('forbidden', { message: proxyTexts.wrongLayer });
    return draft === undefined ? true : gate(ctx, 'edit', { target: draft, seen: input.version ?? 0 });
  },
  decide: (ctx, { person, draft, groundKnown }, input) => {
    if (person.diedOn !== null) return refuse('conflict', { message: proxyTexts.died });
    if (input.why !== 'request' && input.kind !== 'withdrawal') return refuse('invalid');
    const was = withdrawalDraft.safeParse(draft?.form).data?.ground ?? 'request';
    if (draft !== undefined && (draft.kind !== input.kind || was !== input.why)) return refuse('conflict');
    const faults = faultsOf(ctx, input, groundKnown);
    return Object.keys(faults).length > 0 ? refuseFields(faults) : accepted({ id: draft?.id ?? newId(), facts: factsOf(input) });
  },
  save: async (tx, { ctx, target: { office, person, draft }, decision: { id, facts }, input }) => {
    if (draft === undefined) {
      const proxy = { associationId: office.associationId, facts };
      await insertDraft(tx, { id, kind: input.kind, personId: person.id, form: emptyForm(input), at: ctx.now, proxy });
    } else await updateApplication(tx, { id, version: draft.version, now: ctx.now }, { proxy: facts });
    return {
      value: { id, version: (draft?.version ?? 0) + 1 },
      audit: { action: 'application.beginProxy', personIds: [person.id], target: id, detail: { kind: input.kind, ground: facts.ground } },
      events: [],
    };
  },
});
