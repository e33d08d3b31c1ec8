import { actingAccount, actorName } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';
import { storedFileInput } from '#platform/files/stored-file.ts';
import type { InfoContent } from '../info-fields.ts';
import { carriedInfo, infoChanges } from '../info-fields.ts';
import { infoTexts as texts } from '../info-messages.ts';
import type { InfoForm } from '../info-schema.ts';
import { infoInput, nameRequestInput } from '../info-schema.ts';
import { insertInfo, insertSeal } from '../info.store.server.ts';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import type { InfoAround } from '../queries/info-around.ts';
import { infoAround, infoOn } from '../queries/info-around.ts';
import { insertRequest, listRequests } from '../request.store.server.ts';
import { settingsLocks } from '../settings-gate.ts';
import { findAssociations } from '../store.server.ts';

const mostDaysAhead = 5 * 366;

/** What a form asks for. */
export function askedContent({ version: _version, base: _base, startsOn: _startsOn, sealId, ...rest }: InfoForm): InfoContent {
  return { ...rest, sealId: sealId === '' ? null : sealId };
}

export type InfoPlan = { startsOn: Day; content: InfoContent };

const differ = (a: InfoContent, b: InfoContent) => infoChanges(a, b).some((line) => line.changed);

/** What a form says is a change of what it was filled with: it cannot begin where something else is in force. */
function faultOfBase({ versions, inForce }: InfoAround, { base, startsOn }: InfoForm): Refused | undefined {
  if (base === undefined || base === (inForce?.version ?? 0)) return undefined;
  const filled = versions.find((one) => one.version === base);
  if (filled !== undefined && startsOn < filled.startsOn) return refuseFields({ startsOn: [texts.beforeBase(filled.startsOn)] });
  if (inForce === undefined) return refuse('conflict', { message: texts.changedMeanwhile });
  return refuseFields({ startsOn: [texts.otherContent(inForce.startsOn)] });
}

/** What is planned for later days would undo the change: those plans are said anew with it, each but for what it changes itself. */
function carriedPlans({ versions, content }: InfoAround, { startsOn, content: asked }: InfoPlan): InfoPlan[] {
  const days = [...new Set(versions.map((one) => one.startsOn).filter((on) => on > startsOn))].toSorted();
  const plans: InfoPlan[] = [];
  let around = { before: content, after: asked };
  for (const on of days) {
    const planned = infoOn(versions, on) ?? content;
    const next = carriedInfo(planned, around);
    if (differ(planned, next)) plans.push({ startsOn: on, content: next });
    around = { before: planned, after: next };
  }
  return plans;
}

/** The versions that a form makes, its own first, or why it cannot; the confirm page asks the same (`screens.md O-19`). */
export function decideInfo(ctx: Context, around: InfoAround, input: InfoForm): Outcome<InfoPlan[]> {
  if (input.version !== around.version) return refuse('conflict', { message: texts.changedMeanwhile });
  if (input.startsOn < ctx.today) return refuseFields({ startsOn: [texts.fromToday] });
  if (input.startsOn > addDays(ctx.today, mostDaysAhead)) return refuseFields({ startsOn: [texts.tooFar] });
  if (!around.sealKnown) return refuseFields({ seal: [texts.sealGone] });
  const fault = faultOfBase(around, input);
  if (fault !== undefined) return fault;
  const own = { startsOn: input.startsOn, content: askedContent(input) };
  if (!differ(around.content, own.content)) return refuse('invalid', { message: texts.nothingChanged });
  return accepted([own, ...carriedPlans(around, own)]);
}

/** 保存する: a further version of 医師会情報 from its 適用日 on; papers that were issued stay as they are (`rules.md 1.2`). */
export const saveInfo = command({
  name: 'association.saveInfo',
  input: infoInput,
  locks: async (_tx, _input, ctx) => await Promise.resolve(settingsLocks(ctx)),
  load: async (tx, input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    return office === undefined
      ? undefined
      : await infoAround(tx, { office, today: ctx.today, sealId: input.sealId, startsOn: input.startsOn });
  },
  allow: (ctx) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, around, input) => decideInfo(ctx, around, input),
  save: async (tx, { ctx, target: { office, version, content }, decision: plans, input }) => {
    const { associationId } = office;
    const { startsOn } = input;
    const by = { associationId, recordedBy: actorName(ctx.actor), recordedAt: ctx.now };
    for (const [place, plan] of plans.entries()) {
      await insertInfo(tx, { ...plan.content, ...by, startsOn: plan.startsOn, version: version + 1 + place });
    }
    const changes = infoChanges(content, askedContent(input)).filter((line) => line.changed);
    return {
      value: { version: version + plans.length },
      audit: {
        action: 'association.saveInfo',
        target: String(version + 1),
        detail: { startsOn, items: changes.map((line) => line.key).join(','), carried: plans.length - 1 },
      },
      events: [{ kind: 'association.infoChanged', payload: { associationId, startsOn } }],
    };
  },
  constraints: { association_info_pkey: () => refuse('conflict', { message: texts.changedMeanwhile }) },
});

/** The picture has been inspected and stored by the caller; no version names it yet. */
const keepSeal = command({
  name: 'association.keepSeal',
  input: storedFileInput,
  locks: async (_tx, _input, ctx) => await Promise.resolve(settingsLocks(ctx)),
  load: async (_tx, _input, ctx) => await Promise.resolve(officeOfSettings(ctx.actor)),
  allow: (ctx) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx) => {
    const accountId = actingAccount(ctx.actor);
    return accountId === undefined ? refuse('forbidden') : accepted({ id: newId(), accountId });
  },
  save: async (tx, { ctx, target: { associationId }, decision, input }) => {
    await insertSeal(tx, { ...input, ...decision, associationId, byName: actorName(ctx.actor), at: ctx.now });
    return {
      value: { id: decision.id },
      audit: { action: 'association.keepSeal', target: decision.id, detail: { file: input.fileId } },
      events: [],
    };
  },
});

const mostSealBytes = 1_048_576;
const sealTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/gif'];

/** 印影: looks into the picture and keeps it for the own association. */
export async function takeSeal(ctx: Context, file: File): Promise<Outcome<{ id: string }>> {
  if (!mayPlanSettings(ctx.actor)) return refuse('forbidden');
  const inspected = await inspectUpload(file);
  if (!inspected.ok) return refuseFields({ seal: [inspected.message] });
  if (!sealTypes.includes(inspected.file.mediaType)) return refuseFields({ seal: [texts.sealKind] });
  if (inspected.file.size > mostSealBytes) return refuseFields({ seal: [texts.sealSize] });
  const stored = await keepFile(ctx, inspected);
  const kept = await run(keepSeal, ctx, stored);
  if (!kept.ok) await ctx.files.remove(stored.fileId);
  return kept;
}

/** 名称・フリガナ: asked of the JMA, which alone changes the master (`screens.md O-19, J-02`). */
export const requestName = command({
  name: 'association.requestName',
  input: nameRequestInput,
  locks: async (_tx, _input, ctx) => await Promise.resolve(settingsLocks(ctx)),
  load: async (tx, _input, ctx) => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const [present] = await findAssociations(tx, [office.associationId], ctx.today);
    return present === undefined ? undefined : { present, requests: await listRequests(tx, office.associationId) };
  },
  allow: (ctx) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, { present, requests }, input) => {
    if (requests.some((one) => one.answeredAt === null)) return refuse('conflict', { message: texts.requestOpen });
    if (input.startsOn < ctx.today) return refuseFields({ startsOn: [texts.fromToday] });
    if (input.startsOn > addDays(ctx.today, mostDaysAhead)) return refuseFields({ startsOn: [texts.tooFar] });
    if (present.name === input.name && present.kana === input.kana) return refuseFields({ name: [texts.sameName] });
    return accepted(newId());
  },
  save: async (tx, { ctx, target: { present }, decision: id, input }) => {
    await insertRequest(tx, { ...input, id, associationId: present.id, requestedBy: actorName(ctx.actor), requestedAt: ctx.now });
    return {
      value: { id },
      audit: { action: 'association.requestName', target: id, detail: { startsOn: input.startsOn } },
      events: [{ kind: 'association.nameRequested', payload: { requestId: id, associationId: present.id } }],
    };
  },
  constraints: { association_request_open: () => refuse('conflict', { message: texts.requestOpen }) },
});
