import type { DoctorActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { acknowledge } from '#features/application/commands/acknowledge.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { chooseDestination, leaveUndecided } from '#features/application/commands/choose-destination.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { revokeLeave } from '#features/application/commands/revoke.ts';
import { saveChange } from '#features/application/commands/save-change.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { saveTransfer } from '#features/application/commands/save-transfer.ts';
import { saveWithdrawal } from '#features/application/commands/save-withdrawal.ts';
import { submitChange } from '#features/application/commands/submit-change.ts';
import { submitTransfer } from '#features/application/commands/submit-transfer.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { categoryField } from '#features/application/schema.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { as, must } from './acting.ts';
import { instantAt } from './case-plan.ts';
import type { Ground } from './ground.ts';

/** Plays one planned 退会届 or 異動届 through the commands, each act at its own time. */

export type Paper =
  | { kind: 'withdrawal'; leave: number; wishedOn: Day; reason: 'W01' | 'W03'; reasonText?: string }
  | { kind: 'transfer'; to: number | undefined; reason: string; wishedOn: Day; leaveOn: Day; gapReason?: string; category: string }
  | { kind: 'change'; reason: string; categories: Readonly<Record<number, string>>; facilityId?: string; wishedOn: Day };

type Deed = 'receive' | 'approve' | 'acknowledge' | 'return' | 'reject' | 'cancel' | 'retract' | 'revokeLeave';

/** `ago` in days; an approval carries its day, and the category where one is given. */
export type MoveAct = { by: number; deed: Deed; ago: number; on?: Day; category?: string };

export type MoveToPlay = {
  name: string;
  doctor: DoctorActor;
  affiliationId: string;
  paper: Paper;
  filedAgo: number;
  isDraft: boolean;
  acts: readonly MoveAct[];
};

/** The versions are counted, not read: a repeated run must send the same inputs to get the same answers. */
type Filed = { id: string; version: number };
type Filing = { ground: Ground; ctx: Context; move: MoveToPlay; key: () => string };

const work: RawDetails = { workCode: '11', positionCode: '02', designations: ['01'], note: '' };

async function fileWithdrawal({ ctx, move, key }: Filing, paper: Extract<Paper, { kind: 'withdrawal' }>): Promise<Filed> {
  const details = { wishedOn: paper.wishedOn, reason: paper.reason, reasonText: paper.reasonText ?? '' };
  const draft = must(await run(saveWithdrawal, ctx, { leave: [String(paper.leave)], moves: {}, details, complete: !move.isDraft }, key()));
  if (!move.isDraft) must(await run(submitWithdrawal, ctx, draft, key()));
  return { id: draft.id, version: draft.version + 1 };
}

async function fileChange({ ground, ctx, move, key }: Filing, paper: Extract<Paper, { kind: 'change' }>): Promise<Filed> {
  const categories = Object.fromEntries(
    Object.entries(paper.categories).map(([id, code]) => [categoryField(Number(id)), String(ground.categoryId(Number(id), code))]),
  );
  const { id } = must(await run(saveChange, ctx, { affiliationId: move.affiliationId, reason: paper.reason, categories }, key()));
  const place: RawDetails = paper.facilityId === undefined ? { keepFacility: 'on' } : { facilityId: paper.facilityId };
  const details = { ...work, ...place, wishedOn: paper.wishedOn };
  must(await run(saveDetails, ctx, { id, version: 1, details, complete: !move.isDraft }, key()));
  if (!move.isDraft) must(await run(submitChange, ctx, { id, version: 2 }, key()));
  return { id, version: 3 };
}

async function fileTransfer({ ground, ctx, move, key }: Filing, paper: Extract<Paper, { kind: 'transfer' }>): Promise<Filed> {
  const { id } = must(await run(saveTransfer, ctx, { affiliationId: move.affiliationId, reason: paper.reason }, key()));
  if (paper.to === undefined) must(await run(leaveUndecided, ctx, { id, version: 1, moves: {} }, key()));
  else {
    const { id: lowestAssociationId, chain } = ground.district(paper.to);
    const categories = chain.map((link) => [categoryField(link.id), String(ground.categoryId(link.id, paper.category))] as const);
    const ticked = chain.map((link) => String(link.id));
    const chosen = { id, version: 1, lowestAssociationId, ticked, categories: Object.fromEntries(categories), moves: {} };
    must(await run(chooseDestination, ctx, chosen, key()));
  }
  const facility: RawDetails =
    paper.to === undefined ? { facilityUndecided: 'on' } : { facilityId: ground.facilities(paper.to)[0]?.id ?? '' };
  const dates = { wishedOn: paper.to === undefined ? '' : paper.wishedOn, leaveOn: paper.leaveOn, gapReason: paper.gapReason ?? '' };
  must(await run(saveDetails, ctx, { id, version: 2, details: { ...work, ...facility, ...dates }, complete: !move.isDraft }, key()));
  if (!move.isDraft) must(await run(submitTransfer, ctx, { id, version: 3 }, key()));
  return { id, version: 4 };
}

function fileMove(filing: Filing): Promise<Filed> {
  const { paper } = filing.move;
  if (paper.kind === 'withdrawal') return fileWithdrawal(filing, paper);
  return paper.kind === 'change' ? fileChange(filing, paper) : fileTransfer(filing, paper);
}

type Turn = { ground: Ground; ctx: Context; act: MoveAct; at: Filed; key: string };

function decisionOf({ ground, act }: Turn) {
  const categoryId = act.category === undefined ? {} : { categoryId: ground.categoryId(act.by, act.category) };
  return { decidedOn: act.on ?? '', ...categoryId, confirmed: 'on', licenceSeen: 'on' };
}

const back = {
  reasons: ['R05'],
  fields: [{ field: 'wishedOn', comment: '最終勤務日をご確認ください' }],
  message: '日付をご確認ください。',
};

const plays: Readonly<Record<Deed, (turn: Turn) => Promise<unknown>>> = {
  receive: async ({ ctx, at, key }) => must(await run(receive, ctx, at, key)),
  approve: async (turn) => must(await run(approve, turn.ctx, { ...turn.at, ...decisionOf(turn) }, turn.key)),
  acknowledge: async ({ ctx, at, key }) => must(await run(acknowledge, ctx, at, key)),
  return: async ({ ctx, at, key }) => must(await run(returnCase, ctx, { ...at, ...back }, key)),
  reject: async ({ ctx, at, key }) =>
    must(await run(reject, ctx, { ...at, reason: 'N02', message: 'ご本人の意思の確認ができませんでした。' }, key)),
  cancel: async ({ ctx, at, key }) => must(await run(cancel, ctx, { ...at, reason: 'X01', note: '電話で本人に確認済み' }, key)),
  retract: async ({ ctx, at, key }) => must(await run(retract, ctx, { ...at, reason: 'X01' }, key)),
  revokeLeave: async ({ ctx, at, key }) =>
    must(await run(revokeLeave, ctx, { ...at, reason: 'Z01', note: '本人から電話で申し出があった' }, key)),
};

/** Sends the paper and plays its acts. @throws when a command refuses: the plan was wrong */
export async function playMove(ground: Ground, move: MoveToPlay): Promise<void> {
  let keys = 0;
  const key = (): string => `demo ${move.name} ${(keys += 1)}`;
  const filedAt = instantAt(ground.today, move.filedAgo);
  const filed = await fileMove({ ground, ctx: as(ground.surroundings, move.doctor, filedAt), move, key });
  for (const [index, act] of move.acts.entries()) {
    const actor = act.deed === 'retract' ? move.doctor : ground.office(act.by);
    const ctx = as(ground.surroundings, actor, instantAt(ground.today, act.ago));
    await plays[act.deed]({ ground, ctx, act, at: { id: filed.id, version: filed.version + index }, key: key() });
  }
}
