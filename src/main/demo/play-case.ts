import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays, laterDay } from '#kernel/day.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { chooseAssociations } from '#features/application/commands/choose-associations.ts';
import { postMemo, postMessage, setAttention } from '#features/application/commands/correspond.ts';
import { attachDocument } from '#features/application/commands/papers.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { resubmitJoin } from '#features/application/commands/resubmit-join.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { saveDetails } from '#features/application/commands/save-details.ts';
import { submitJoin } from '#features/application/commands/submit-join.ts';
import type { RawDetails } from '#features/application/schema.ts';
import { categoryField } from '#features/application/schema.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { as, must, system } from './acting.ts';
import type { Act, CasePlan } from './case-plan.ts';
import type { Ground } from './ground.ts';
import type { Paper } from './papers.ts';
import type { District } from './places.ts';
import type { Dice } from './random.ts';
import { idOf } from './random.ts';
import { attentionReasons, memos, officeMessages, rejections, replies, returns } from './sentences.ts';

/** Plays one planned 入会届 through the commands, each act at its own time. */

export type CaseToPlay = {
  name: string;
  doctor: DoctorActor;
  district: District;
  /** The highest layer asked for. */
  upTo: number;
  category: string;
  details: RawDetails;
  papers: readonly Paper[];
  plan: CasePlan;
  isDraft: boolean;
  dice: Dice;
};

/** The versions are counted, not read: a repeated run must send the same inputs to get the same answers. */
type Running = {
  ground: Ground;
  case: CaseToPlay;
  id: string;
  version: number;
  keys: number;
  steps: number[];
  lower: Day;
  details: RawDetails;
};

function keyOf(running: Pick<Running, 'case' | 'keys'>): string {
  running.keys += 1;
  return `demo ${running.case.name} ${running.keys}`;
}

async function attach(ctx: Context, running: Running, paper: Paper): Promise<void> {
  const { bytes, ...about } = paper;
  const fileId = idOf(`${running.case.name} ${paper.kind}`);
  await ctx.files.put(fileId, bytes);
  must(await run(attachDocument, ctx, { ...about, id: running.id, version: 1, fileId, size: bytes.byteLength }, keyOf(running)));
}

async function stepsOf(ground: Ground, id: string, at: Date): Promise<number[]> {
  const rows = await readTransaction(as(ground.surroundings, system, at), (tx) =>
    tx.selectFrom('application_step').select('association_id').where('application_id', '=', id).orderBy('ordinal').execute(),
  );
  return rows.map((row) => row.association_id);
}

async function send(ground: Ground, toPlay: CaseToPlay): Promise<Running> {
  const { doctor, district, plan } = toPlay;
  const ctx = as(ground.surroundings, doctor, plan.submittedAt);
  const links = district.chain.filter((link) => link.layer >= toPlay.upTo);
  const start = { case: toPlay, keys: 0 };
  const { id } = must(
    await run(
      chooseAssociations,
      ctx,
      {
        way: 'association',
        lowestAssociationId: district.id,
        ticked: links.map((link) => link.id),
        categories: Object.fromEntries(
          district.chain.map((link) => [categoryField(link.id), String(ground.categoryId(link.id, toPlay.category))]),
        ),
      },
      keyOf(start),
    ),
  );
  const running: Running = {
    ground,
    ...start,
    id,
    version: 1,
    steps: [],
    lower: plan.wishedOn,
    details: { ...toPlay.details, wishedOn: plan.wishedOn },
  };
  if (!toPlay.isDraft || toPlay.dice.chance(0.5)) for (const paper of toPlay.papers) await attach(ctx, running, paper);
  must(await run(saveDetails, ctx, { id, version: 1, details: running.details, complete: !toPlay.isDraft }, keyOf(running)));
  running.version = 2;
  if (toPlay.isDraft) return running;
  must(await run(submitJoin, ctx, { id, version: 2 }, keyOf(running)));
  running.version = 3;
  running.steps = await stepsOf(ground, id, plan.submittedAt);
  return running;
}

type Turn = { running: Running; ctx: Context; office: OfficeActor; act: Act; at: { id: string; version: number } };

function decidedOn({ running, act }: Turn): Day {
  const { dice } = running.case;
  const later = act.step > 0 && dice.chance(0.12) ? addDays(running.lower, dice.from(5, 20)) : running.lower;
  running.lower = laterDay(running.lower, later);
  return running.lower;
}

const plays: Readonly<Record<Act['kind'], (turn: Turn) => Promise<unknown>>> = {
  receive: async (turn) =>
    must(await run(receive, turn.ctx, { ...turn.at, ...(turn.act.step === 0 ? { licenceSeen: 'on' } : {}) }, keyOf(turn.running))),
  approve: async (turn) =>
    must(
      await run(
        approve,
        turn.ctx,
        {
          ...turn.at,
          decidedOn: decidedOn(turn),
          categoryId: turn.running.ground.categoryId(turn.office.associationId, turn.running.case.category),
          boardNote: turn.running.case.dice.chance(0.4) ? `第${turn.running.case.dice.from(1, 24)}回理事会 報告事項` : '',
          confirmed: 'on',
          licenceSeen: 'on',
        },
        keyOf(turn.running),
      ),
    ),
  return: async (turn) =>
    must(await run(returnCase, turn.ctx, { ...turn.at, ...turn.running.case.dice.pick(returns) }, keyOf(turn.running))),
  resubmit: async (turn) => {
    const details = { ...turn.running.details, workCode: '13', positionCode: '02' };
    must(await run(saveDetails, turn.ctx, { ...turn.at, details, complete: true }, keyOf(turn.running)));
    turn.running.version += 1;
    must(await run(resubmitJoin, turn.ctx, { id: turn.running.id, version: turn.running.version }, keyOf(turn.running)));
  },
  reject: async (turn) =>
    must(await run(reject, turn.ctx, { ...turn.at, ...turn.running.case.dice.pick(rejections) }, keyOf(turn.running))),
  retract: async (turn) =>
    must(await run(retract, turn.ctx, { ...turn.at, reason: turn.running.case.dice.pick(['X01', 'X02']) }, keyOf(turn.running))),
  cancel: async (turn) =>
    must(
      await run(
        cancel,
        turn.ctx,
        { ...turn.at, reason: turn.running.case.dice.pick(['X01', 'X03', 'X04']), note: '電話で本人に確認済み' },
        keyOf(turn.running),
      ),
    ),
  attention: async (turn) =>
    must(
      await run(
        setAttention,
        turn.ctx,
        { ...turn.at, attention: 'on', reason: turn.running.case.dice.pick(attentionReasons) },
        keyOf(turn.running),
      ),
    ),
  message: async (turn) =>
    must(await run(postMessage, turn.ctx, { id: turn.running.id, body: turn.running.case.dice.pick(officeMessages) }, keyOf(turn.running))),
  reply: async (turn) =>
    must(await run(postMessage, turn.ctx, { id: turn.running.id, body: turn.running.case.dice.pick(replies) }, keyOf(turn.running))),
  memo: async (turn) =>
    must(
      await run(
        postMemo,
        turn.ctx,
        {
          id: turn.running.id,
          body: turn.running.case.dice.pick(memos),
          ...(turn.running.case.dice.chance(0.4) ? { ownOfficeOnly: 'on' } : {}),
        },
        keyOf(turn.running),
      ),
    ),
};

const byDoctor: readonly Act['kind'][] = ['resubmit', 'retract', 'reply'];
const withoutVersion: readonly Act['kind'][] = ['message', 'reply', 'memo'];

async function play(running: Running, act: Act): Promise<void> {
  const associationId = running.steps[act.step];
  if (associationId === undefined) throw new RangeError(`${running.case.name}: no step ${act.step}`);
  const office = running.ground.office(associationId);
  const ctx = as(running.ground.surroundings, byDoctor.includes(act.kind) ? running.case.doctor : office, act.at);
  await plays[act.kind]({ running, ctx, office, act, at: { id: running.id, version: running.version } });
  if (!withoutVersion.includes(act.kind)) running.version += 1;
}

/** Sends the case and plays its acts. @throws when a command refuses: the plan was wrong */
export async function playCase(ground: Ground, toPlay: CaseToPlay): Promise<void> {
  const running = await send(ground, toPlay);
  for (const act of toPlay.plan.acts) await play(running, act);
}
