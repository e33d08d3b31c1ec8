import { actingAccount, actorName } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { awaitsDay, changeFlow, isUnsettled } from '../flow.ts';
import { isAssociationKind, isChangeKind, masterNames as names } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import type { ProposeForm } from '../master-schema.ts';
import { changeIdInput, openInput, proposeInput } from '../master-schema.ts';
import type { Burden, Change, MasterRow } from '../master.store.server.ts';
import {
  burdenOf,
  carryIntoTree,
  codeOf,
  findChange,
  findMaster,
  hasOpenChange,
  insertAssociation,
  insertChange,
  moveChange,
} from '../master.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import { associationSettings } from '../schema.ts';
import { listCodes } from '../store.server.ts';

/** 医師会マスタ is kept by the JMA (`screens.md J-02`, `rules.md 1.2`); a change waits for a second person and for its day. */

const mostDaysAhead = 5 * 366;
const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));
const masterLock = (id: string) => [{ kind: 'association' as const, id: `master:${id}` }];

function dayErrors(on: Day, today: Day, field: string): Outcome<true> {
  if (on < today) return refuseFields({ [field]: [texts.fromToday] });
  if (on > addDays(today, mostDaysAhead)) return refuseFields({ [field]: [texts.tooFar] });
  return accepted(true);
}

/** 新規登録: a new association below one of the layer above, from its 設立日 on. */
export const openAssociation = command({
  name: 'association.open',
  input: openInput,
  locks: async (_tx, { code }) => await Promise.resolve(masterLock(code)),
  load: async (tx, { code, parentCode, opensOn }, ctx) => ({
    taken: await findMaster(tx, code, ctx.today),
    parent: await findMaster(tx, parentCode, opensOn),
    prefectures: new Set((await listCodes(tx, 'prefecture', ctx.today)).map((row) => row.code)),
  }),
  allow: keepersOnly,
  decide: (ctx, { taken, parent, prefectures }, input) => {
    if (taken !== undefined) return refuseFields({ code: [texts.codeTaken] });
    if (parent === undefined) return refuseFields({ parentCode: [texts.noParent] });
    if (parent.layer !== input.layer - 1 || (parent.closesOn !== null && parent.closesOn < input.opensOn))
      return refuseFields({ parentCode: [texts.wrongParent] });
    if (!prefectures.has(input.prefectureCode)) return refuseFields({ prefectureCode: [messages.sel(names.prefecture)] });
    if (!isAssociationKind(input.kind)) return refuseFields({ kind: [messages.sel(names.kind)] });
    const days = dayErrors(input.opensOn, ctx.today, 'opensOn');
    return days.ok ? accepted(parent.id) : days;
  },
  save: async (tx, { decision: parentId, input }) => {
    const settings = JSON.stringify(associationSettings.parse({}));
    const associationId = await insertAssociation(tx, { ...input, parentId, settings, reason: names.opensOn });
    return {
      value: { code: input.code },
      audit: { action: 'association.open', target: input.code, detail: { opensOn: input.opensOn, parentId } },
      events: [{ kind: 'association.masterChanged', payload: { associationId, sourceAssociationId: 0, startsOn: input.opensOn } }],
    };
  },
  constraints: {
    association_pkey: () => refuseFields({ code: [texts.codeTaken] }),
    association_code_key: () => refuseFields({ code: [texts.codeTaken] }),
  },
});

export type ChangeGround = { present: MasterRow; parent: MasterRow | undefined; open: boolean; burden: Burden };

/** What a change is judged by; undefined when there is no such association. */
export async function changeGround(tx: ReadTransaction, form: ProposeForm, today: Day): Promise<ChangeGround | undefined> {
  const present = await findMaster(tx, form.code, today);
  if (present === undefined) return undefined;
  const parent = /^\d{5}$/.test(form.parentCode) ? await findMaster(tx, form.parentCode, form.startsOn) : undefined;
  return { present, parent, open: await hasOpenChange(tx, present.id), burden: await burdenOf(tx, present.id, form.startsOn) };
}

function isBurdened({ members, cases, below }: Burden): boolean {
  return members + cases + below > 0;
}

type Wanted = Pick<Change, 'kind' | 'name' | 'kana' | 'parentId'>;

function renamed({ present }: ChangeGround, form: ProposeForm): Outcome<Wanted> {
  if (form.name === '') return refuseFields({ name: [messages.req(names.name)] });
  if (form.kana === '') return refuseFields({ kana: [messages.req(names.kana)] });
  if (form.name === present.name && form.kana === present.kana) return refuseFields({ name: [texts.sameName] });
  return accepted({ kind: 'rename', name: form.name, kana: form.kana, parentId: null });
}

function moved({ present, parent, burden }: ChangeGround, form: ProposeForm): Outcome<Wanted> {
  if (parent === undefined) return refuseFields({ parentCode: [texts.noParent] });
  if (parent.layer !== present.layer - 1 || (parent.closesOn !== null && parent.closesOn < form.startsOn))
    return refuseFields({ parentCode: [texts.wrongParent] });
  if (parent.id === present.parentId) return refuseFields({ parentCode: [texts.sameParent] });
  if (burden.members + burden.cases > 0) return refuseFields({ kind: [texts.burden({ ...burden, below: 0 }, form.startsOn)] });
  return accepted({ kind: 'reparent', name: null, kana: null, parentId: parent.id });
}

/** Whether a change can be planned (`rules.md 1.2`): nobody's membership and no running case may lose the ground it stands on. */
export function decideChange(ground: ChangeGround, form: ProposeForm, today: Day): Outcome<Wanted> {
  const { present, open, burden } = ground;
  if (open) return refuse('conflict', { message: texts.changeOpen });
  if (present.closesOn !== null) return refuse('conflict', { message: texts.alreadyClosed });
  const days = dayErrors(form.startsOn, today, 'startsOn');
  if (!days.ok) return days;
  if (form.startsOn <= present.startsOn) return refuseFields({ startsOn: [texts.tooEarly(present.startsOn)] });
  if (form.kind === 'rename') return renamed(ground, form);
  if (present.layer === 1) return refuseFields({ kind: [texts.notTop] });
  if (form.kind === 'reparent') return moved(ground, form);
  if (isBurdened(burden)) return refuseFields({ kind: [texts.burden(burden, form.startsOn)] });
  return accepted({ kind: 'close', name: null, kana: null, parentId: null });
}

/** 組織改編 as the first person enters it. */
export const proposeChange = command({
  name: 'association.proposeChange',
  input: proposeInput,
  locks: async (_tx, { code }) => await Promise.resolve(masterLock(code)),
  load: async (tx, input, ctx) => (mayKeepMaster(ctx.actor) ? await changeGround(tx, input, ctx.today) : undefined),
  allow: keepersOnly,
  decide: (ctx, ground, input) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined || !isChangeKind(input.kind)) return refuse('forbidden');
    const wanted = decideChange(ground, input, ctx.today);
    return wanted.ok ? accepted({ ...wanted.value, accountId }) : wanted;
  },
  save: async (tx, { ctx, target: { present }, decision: { accountId, ...wanted }, input }) => {
    const id = newId();
    await insertChange(tx, {
      ...wanted,
      id,
      associationId: present.id,
      startsOn: input.startsOn,
      reason: input.reason,
      proposedBy: accountId,
      proposedName: actorName(ctx.actor),
      proposedAt: ctx.now,
      requestId: null,
    });
    return {
      value: { id },
      audit: { action: 'association.proposeChange', target: present.code, detail: { kind: wanted.kind, startsOn: input.startsOn } },
      events: [],
    };
  },
  constraints: { association_change_open: () => refuse('conflict', { message: texts.changeOpen }) },
});

async function lockOfChange(tx: ReadTransaction, { id }: { id: string }) {
  const change = await findChange(tx, id);
  return change === undefined ? [] : masterLock(codeOf(change.associationId));
}

/** The day has come, or is today: the tree changes, and every office is told. */
async function carryOut(tx: WriteTransaction, ctx: Context, change: Change) {
  await carryIntoTree(tx, change, ctx.now);
  await moveChange(tx, change.id, { state: 'done', by: actorName(ctx.actor), at: ctx.now });
  return [
    {
      kind: 'association.masterChanged',
      payload: { associationId: change.associationId, sourceAssociationId: 0, startsOn: change.startsOn },
    },
  ];
}

type Standing = { change: Change; present: MasterRow; burden: Burden };

async function standingOf(tx: ReadTransaction, id: string, today: Day): Promise<Standing | undefined> {
  const change = await findChange(tx, id);
  const present = change === undefined ? undefined : await findMaster(tx, codeOf(change.associationId), today);
  if (change === undefined || present === undefined) return undefined;
  return { change, present, burden: await burdenOf(tx, change.associationId, change.startsOn) };
}

/** What has come between since a change was entered: another version, or members, cases and associations below. */
function stands({ change, present, burden }: Standing): Outcome<Change> {
  if (change.startsOn <= present.startsOn) return refuse('conflict', { message: texts.tooEarly(present.startsOn) });
  const free = change.kind === 'rename' || !isBurdened(change.kind === 'close' ? burden : { ...burden, below: 0 });
  return free ? accepted(change) : refuse('conflict', { message: texts.burden(burden, change.startsOn) });
}

/** 予約する by a second person; what begins today is carried out at once. */
export const reserveChange = command({
  name: 'association.reserveChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }, ctx) => await standingOf(tx, id, ctx.today),
  allow: keepersOnly,
  decide: (ctx, standing) => {
    const { change } = standing;
    if (changeFlow.next(change.state, 'reserve') === undefined) return refuse('conflict', { message: texts.settled });
    if (change.proposedBy === actingAccount(ctx.actor)) return refuse('forbidden', { message: texts.samePerson });
    return change.startsOn < ctx.today ? refuse('conflict', { message: texts.dayPassed }) : stands(standing);
  },
  save: async (tx, { ctx, decision: change }) => {
    await moveChange(tx, change.id, { state: 'reserved', by: actorName(ctx.actor), at: ctx.now });
    const events = change.startsOn <= ctx.today ? await carryOut(tx, ctx, change) : [];
    return {
      value: {},
      audit: { action: 'association.reserveChange', target: change.id, detail: { kind: change.kind, startsOn: change.startsOn } },
      events,
    };
  },
});

/** 取り消す, before the day. */
export const withdrawChange = command({
  name: 'association.withdrawChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }) => await findChange(tx, id),
  allow: keepersOnly,
  decide: (_ctx, change) => (isUnsettled(change.state) ? accepted(change) : refuse('conflict', { message: texts.settled })),
  save: async (tx, { ctx, decision: change }) => {
    await moveChange(tx, change.id, { state: 'withdrawn', by: actorName(ctx.actor), at: ctx.now });
    return { value: {}, audit: { action: 'association.withdrawChange', target: change.id, detail: { kind: change.kind } }, events: [] };
  },
});

/**
 * The day of a reserved change. Where members, cases or associations below have come since, it stays reserved and is told as
 * refused, so that a keeper sees it and takes it back.
 */
export const carryOutChange = command({
  name: 'association.carryOutChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }, ctx) => await standingOf(tx, id, ctx.today),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, standing) => {
    const { change } = standing;
    const isDue = awaitsDay(change.state) && change.startsOn <= ctx.today;
    return isDue ? stands(standing) : refuse('conflict', { message: texts.settled });
  },
  save: async (tx, { ctx, decision: change }) => ({
    value: {},
    audit: { action: 'association.carryOutChange', target: change.id, detail: { kind: change.kind, startsOn: change.startsOn } },
    events: await carryOut(tx, ctx, change),
  }),
});
