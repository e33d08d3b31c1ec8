import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { MoveAct, Paper } from './play-move.ts';

/** Which 退会届 and 異動届 the demo shows: every kind in every state, future days, both sides of transfers. Pure. */

export type MovePlan = { from: number; paper: Paper; filedAgo: number; isDraft?: boolean; acts: readonly MoveAct[] };

const [kita, osaka, jma, miyakojima, fukushima] = [27_001, 27_000, 0, 27_002, 27_003] as const;
const [minato, tokyo, aoba, yokohama, kanagawa] = [13_005, 13_000, 14_501, 14_001, 14_000] as const;

/** `facility`: where a made-up mover works after a change of workplace. */
export type PlanGround = { today: Day; facility: (districtId: number) => string };

function act(by: number, deed: MoveAct['deed'], ago: number): MoveAct {
  return { by, deed, ago };
}

type Leaving = { leave: number; in: number; from?: number; filedAgo: number; isDraft?: boolean; acts?: readonly MoveAct[] };

function withdrawals({ today }: PlanGround): MovePlan[] {
  const on = (days: number): Day => addDays(today, days);
  const leave = (by: number, ago: number, days: number): MoveAct => ({ by, deed: 'approve', ago, on: on(days) });
  const rows: readonly Leaving[] = [
    { leave: kita, in: 20, filedAgo: 2 },
    { leave: kita, in: 5, filedAgo: 12 },
    { leave: osaka, in: 30, filedAgo: 4, acts: [act(kita, 'receive', 3)] },
    { leave: jma, in: 40, filedAgo: 9.5, acts: [act(kita, 'receive', 8.5), act(osaka, 'receive', 6)] },
    { leave: kita, in: 60, filedAgo: 6, acts: [leave(kita, 3, 60)] },
    {
      leave: kita,
      in: -20,
      filedAgo: 40,
      acts: [act(kita, 'receive', 38), leave(kita, 30, -20), act(osaka, 'acknowledge', 28), act(jma, 'acknowledge', 25)],
    },
    { leave: kita, in: 14, filedAgo: 8, acts: [act(kita, 'return', 5)] },
    { leave: osaka, in: 10, filedAgo: 50, acts: [act(kita, 'receive', 48), act(osaka, 'reject', 45)] },
    { leave: kita, in: 10, filedAgo: 30, acts: [act(kita, 'retract', 29)] },
    { leave: kita, in: 10, filedAgo: 35, acts: [act(kita, 'cancel', 33)] },
    { leave: kita, in: 45, filedAgo: 3, isDraft: true },
    {
      leave: kita,
      in: 90,
      filedAgo: 25,
      acts: [leave(kita, 20, 90), act(osaka, 'acknowledge', 18), act(kita, 'revokeLeave', 10)],
    },
    { from: aoba, leave: kanagawa, in: 10, filedAgo: 5, acts: [act(aoba, 'receive', 4), act(yokohama, 'receive', 2)] },
    { from: aoba, leave: aoba, in: 40, filedAgo: 6, acts: [leave(aoba, 2, 40)] },
    { from: minato, leave: minato, in: 15, filedAgo: 1 },
    { from: minato, leave: tokyo, in: 33, filedAgo: 10, acts: [act(minato, 'receive', 9)] },
  ];
  return rows.map(({ leave: lowest, in: days, from = kita, filedAgo, isDraft = false, acts = [] }, index) => {
    const reason = index % 4 === 3 ? { reason: 'W03' as const, reasonText: '海外へ転居するため' } : { reason: 'W01' as const };
    return { from, filedAgo, isDraft, acts, paper: { kind: 'withdrawal', leave: lowest, wishedOn: on(days), ...reason } };
  });
}

type Moving = { from: number; to: number | undefined; in: number; filedAgo: number; isDraft?: boolean; acts?: readonly MoveAct[] };

function transfers({ today }: PlanGround): MovePlan[] {
  const on = (days: number): Day => addDays(today, days);
  const leave = (by: number, ago: number, days: number): MoveAct => ({ by, deed: 'approve', ago, on: on(days) });
  const join = (by: number, ago: number, days: number): MoveAct => ({ ...leave(by, ago, days), category: 'A1' });
  const rows: readonly Moving[] = [
    { from: kita, to: miyakojima, in: 9, filedAgo: 2 },
    { from: kita, to: minato, in: 10, filedAgo: 5, acts: [leave(kita, 2, 9)] },
    { from: kita, to: minato, in: 12, filedAgo: 10, acts: [act(minato, 'receive', 8), join(minato, 4, 12)] },
    {
      from: kita,
      to: aoba,
      in: 20,
      filedAgo: 6,
      acts: [join(aoba, 5, 20), leave(kita, 4, 19), join(yokohama, 3, 20), act(kanagawa, 'receive', 1)],
    },
    {
      from: aoba,
      to: kita,
      in: -30,
      filedAgo: 50,
      acts: [
        leave(aoba, 45, -31),
        join(kita, 44, -30),
        join(osaka, 40, -30),
        act(yokohama, 'acknowledge', 38),
        act(kanagawa, 'acknowledge', 36),
        act(jma, 'acknowledge', 35),
      ],
    },
    { from: minato, to: kita, in: 30, filedAgo: 7, acts: [leave(minato, 5, 29), join(kita, 4, 30), join(osaka, 3, 30)] },
    { from: kita, to: undefined, in: 26, filedAgo: 6, acts: [leave(kita, 4, 25)] },
    { from: aoba, to: minato, in: 15, filedAgo: 3, acts: [act(minato, 'return', 1)] },
    { from: kita, to: fukushima, in: 1, filedAgo: 30, acts: [act(fukushima, 'reject', 26)] },
    { from: minato, to: aoba, in: 10, filedAgo: 20, acts: [act(minato, 'retract', 19)] },
    { from: kita, to: minato, in: 40, filedAgo: 1, isDraft: true },
  ];
  return rows.map(({ from, to, in: days, filedAgo, isDraft = false, acts = [] }, index) => ({
    from,
    filedAgo,
    isDraft,
    acts,
    paper: { kind: 'transfer', to, reason: index % 3 === 1 ? 'T01' : 'T02', wishedOn: on(days), leaveOn: on(days - 1), category: 'A1' },
  }));
}

type Changing = { from?: number; to?: readonly number[]; in: number; filedAgo: number; isDraft?: boolean; acts?: readonly MoveAct[] };

/** `to`: the associations whose category becomes A2(B); without any the workplace changes. */
function changes({ today, facility }: PlanGround): MovePlan[] {
  const on = (days: number): Day => addDays(today, days);
  const stay = (by: number, ago: number, days: number): MoveAct => ({ by, deed: 'approve', ago, on: on(days), category: 'A1' });
  const decide = (by: number, ago: number, days: number): MoveAct => ({ ...stay(by, ago, days), category: 'A2B' });
  const rows: readonly Changing[] = [
    { to: [kita, jma], in: 9, filedAgo: 2 },
    { to: [kita, jma], in: 9, filedAgo: 8.5, acts: [decide(kita, 6, 9)] },
    { in: 12, filedAgo: 3 },
    {
      in: -37,
      filedAgo: 40,
      acts: [stay(kita, 37, -37), act(osaka, 'acknowledge', 35), act(jma, 'acknowledge', 34)],
    },
    { to: [kita, osaka, jma], in: 8, filedAgo: 9, acts: [act(kita, 'return', 6)] },
    { from: aoba, to: [aoba, yokohama, kanagawa, jma], in: 10, filedAgo: 5, acts: [decide(aoba, 3, 10)] },
    { to: [kita, jma], in: 30, filedAgo: 2, isDraft: true },
    { from: minato, in: 20, filedAgo: 4, acts: [stay(minato, 2, 20)] },
  ];
  return rows.map(({ from = kita, to = [], in: days, filedAgo, isDraft = false, acts = [] }) => {
    const categories = Object.fromEntries(to.map((id) => [id, 'A2B']));
    const place = to.length > 0 ? { reason: 'C07' } : { reason: 'C11', facilityId: facility(from) };
    return { from, filedAgo, isDraft, acts, paper: { kind: 'change', categories, wishedOn: on(days), ...place } };
  });
}

/** In the order in which the doctors get their numbers: only to be added to at the end. */
export function movePlans(ground: PlanGround): MovePlan[] {
  return [...withdrawals(ground), ...transfers(ground), ...changes(ground)];
}
