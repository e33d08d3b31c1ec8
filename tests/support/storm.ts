import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Call, NoAnswer } from './calls.ts';
import { Caller } from './calls.ts';
import type { Login, StaffLogin } from './logins.ts';
import { SeededRandom } from './seeded-random.ts';

/** P1: many people deciding the same cases at once over HTTP, who try again with the same key until they get an answer. */

export type Deed =
  | 'submit'
  | 'receive'
  | 'approve'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'retract'
  | 'resubmit'
  | 'attention'
  | 'acknowledge'
  | 'revoke'
  | 'revokeLeave'
  | BulkDeed;

/** 一括操作: what is told is only that it has begun; what became of each case is on record. */
export type BulkDeed = 'bulk:receive' | 'bulk:return';

export type StormCase = { id: string; doctor: Login };

/** What one person knows at the end: done, or why not. */
export type Known = {
  application: string;
  deed: Deed;
  account: string;
  key: string;
  status: number /** The beginning of the answer, to see why. */;
  said: string;
};

export type StormPlan = {
  origin: string;
  seed: number;
  requests: number;
  /** Cases fought over at the same time. */
  width: number;
  /** Connections of everybody together, default 128; few are always busy. */
  connections?: number;
  /** Two clerks per association. */
  clerks: ReadonlyMap<number, readonly [StaffLogin, StaffLogin]>;
  categories: ReadonlyMap<number, number>;
  rejectReason: string;
  cancelReason: string;
  revokeLeaveReason: string;
  /** 入会日, 退会日 or 異動日 that the holder enters. */
  decidedOn: (seen: Seen) => string;
  /** The common input of a 一括操作, as the check page reads it. */
  readingOf: (action: 'receive' | 'return', common: Readonly<Record<string, unknown>>) => string;
  newCase: () => Promise<StormCase>;
  /** What everybody sees before he decides; undefined when the case is over. */
  look: (id: string) => Promise<Seen | undefined>;
};

/** The case as it stands; `holder` is the association whose turn it is, `decider` the last that has decided. */
export type Seen = {
  kind: string;
  state: string;
  version: number;
  holder: number | undefined;
  leg: string | null;
  decider: number | null;
  approvals: number;
  received: boolean;
};
type Stroke = { deed: Deed; who: Login; key?: string };

/** Deeds that others are told of; a mark is only for the eyes of the offices. */
const leavesNews: ReadonlySet<Deed> = new Set([
  'submit',
  'receive',
  'approve',
  'return',
  'reject',
  'cancel',
  'retract',
  'resubmit',
  'acknowledge',
  'revoke',
  'revokeLeave',
]);

/** Everything but an answer, and "not now", is tried again. */
const tryAgain = new Set([0, 429, 503]);

export class Storm {
  readonly known: Known[] = [];
  /** Cases fought over. */
  readonly cases: string[] = [];
  /** Answers that must never be given. */
  readonly faults: string[] = [];
  /** Requests that were taken in and never answered; nothing unusual where the product is killed. */
  readonly brokenOff: string[] = [];
  sent = 0;
  retries = 0;
  readonly #plan: StormPlan;
  readonly #caller: Caller;
  readonly #random: SeededRandom;
  /** Cases that are fought over now, as they were last seen. */
  readonly #open = new Map<string, Seen>();
  #onDone: (() => void)[] = [];

  constructor(plan: StormPlan) {
    this.#plan = plan;
    this.#caller = new Caller(plan.origin, plan.connections ?? 128);
    this.#random = new SeededRandom(plan.seed);
  }

  /** Resolves at the very answer that tells somebody of his deed, when nobody else asks with the same key. */
  async nextDone(): Promise<void> {
    await new Promise<void>((resolve) => this.#onDone.push(resolve));
  }

  #tellDone(): void {
    const waiting = this.#onDone;
    this.#onDone = [];
    for (const resolve of waiting) resolve();
  }

  async run(): Promise<void> {
    await Promise.all(
      Array.from({ length: this.#plan.width }, async () => {
        while (this.sent < this.#plan.requests) await this.#fightOver(await this.#plan.newCase());
      }),
    );
    this.#caller.close();
  }

  async #fightOver(one: StormCase): Promise<void> {
    this.cases.push(one.id);
    for (;;) {
      const seen = await this.#plan.look(one.id);
      if (seen === undefined || this.sent >= this.#plan.requests) {
        this.#open.delete(one.id);
        return;
      }
      this.#open.set(one.id, seen);
      await Promise.all(this.#round(one, seen).map(async (stroke) => await this.#strike(one, seen, stroke)));
    }
  }

  /** A few strokes at once: double clicks with one key, rivals with their own. */
  #round(one: StormCase, seen: Seen): Stroke[] {
    const key = randomUUID();
    const twice = (deed: Deed, who: Login): Stroke[] => [
      { deed, who, key },
      { deed, who, key },
    ];
    if (seen.state === 'draft') return [...twice('submit', one.doctor), { deed: 'submit', who: one.doctor }];
    const [first, second] = this.#plan.clerks.get(seen.holder ?? -1) ?? [];
    if (first === undefined || second === undefined) return [];
    const chance = this.#random.next();
    if (seen.state === 'completed') return [...twice('acknowledge', first), ...this.#second(seen, { chance, second })];
    if (seen.state === 'returned') {
      const rival: Stroke[] =
        chance < 0.05
          ? [{ deed: 'cancel', who: first }]
          : chance < 0.5
            ? [{ deed: 'resubmit', who: one.doctor }]
            : [{ deed: 'attention', who: second }];
      return [...twice('resubmit', one.doctor), ...rival];
    }
    if (chance < 0.04) return [...twice(seen.received ? 'bulk:return' : 'bulk:receive', first), { deed: 'return', who: second }];
    if (chance < 0.3)
      return [
        ...twice('approve', first),
        { deed: 'return', who: second },
        ...(seen.received ? [] : [{ deed: 'receive', who: second } as const]),
      ];
    if (chance < 0.4) return [...twice('approve', first), { deed: 'approve', who: second }];
    if (chance < 0.8) return [...twice('return', first), { deed: 'return', who: second }, { deed: 'attention', who: first }];
    if (chance < 0.9 && !seen.received) return [...twice('receive', first), { deed: 'return', who: second }];
    if (chance < 0.93) return [...twice('cancel', first), { deed: 'approve', who: second }];
    if (chance < 0.96) return [...twice('reject', first), { deed: 'approve', who: second }];
    if (seen.approvals > 0) return [...twice('approve', second)];
    return [...twice('retract', one.doctor), { deed: 'approve', who: first }];
  }

  /** Beside a 確認: somebody else's, or the decision itself is taken back. */
  #second(seen: Seen, { chance, second }: { chance: number; second: Login }): Stroke[] {
    const [decider] = this.#plan.clerks.get(seen.decider ?? -1) ?? [];
    if (decider === undefined || chance < 0.6) return [{ deed: 'acknowledge', who: second }];
    const deed = seen.kind === 'withdrawal' ? 'revokeLeave' : 'revoke';
    const key = randomUUID();
    return [
      { deed, who: decider, key },
      { deed, who: decider, key },
    ];
  }

  async #strike(one: StormCase, seen: Seen, stroke: Stroke): Promise<void> {
    const { deed, who, key = randomUUID() } = stroke;
    this.sent += 1;
    const answer = await this.#untilAnswered(this.#callOf(one, seen, { deed, who, key }));
    if (stroke.key === undefined && leavesNews.has(deed) && [200, 303].includes(answer.status)) this.#tellDone();
    this.known.push({ application: one.id, deed, account: who.accountId, key, status: answer.status, said: answer.body.slice(0, 300) });
    if (answer.status >= 500) this.faults.push(`${deed} ${answer.status} ${answer.body.slice(0, 200)}`);
    if (answer.status === 422 || answer.status === 428 || answer.status === 400)
      this.faults.push(`${deed} ${answer.status}: the storm asks wrongly: ${answer.body.slice(0, 500)}`);
  }

  /** 一括操作 of this case and some that are fought over at the same office. */
  #bulk(one: StormCase, seen: Seen, action: 'receive' | 'return'): [string, string][] {
    const others = [...this.#open].filter(([id, other]) => id !== one.id && other.holder === seen.holder && other.state === 'submitted');
    const rows = [[one.id, seen] as const, ...others.slice(0, 4)];
    const common = action === 'return' ? { reasons: ['R04'], message: 'ご確認ください。' } : {};
    return [
      ['intent', 'run'],
      ['action', action],
      ['checkedFor', this.#plan.readingOf(action, common)],
      ['shown', rows.map(([id, { version }]) => `${id}:${version}`).join(' ')],
      ...rows.map(([id]): [string, string] => ['row', id]),
      ...(action === 'return'
        ? ([
            ['reasons', 'R04'],
            ['message', 'ご確認ください。'],
          ] satisfies [string, string][])
        : []),
    ];
  }

  async #untilAnswered(call: Call): Promise<Answer> {
    for (let tries = 0; tries < 2_000; tries += 1) {
      const answer: Answer | NoAnswer = await this.#caller.call({ ...call, timeoutMs: 20_000 });
      if (!tryAgain.has(answer.status) && 'body' in answer) return answer;
      if ('error' in answer && !answer.error.includes('ECONNREFUSED')) this.brokenOff.push(`${call.method ?? 'GET'} ${answer.error}`);
      if (answer.status === 503 && 'headers' in answer && answer.headers['retry-after'] === undefined)
        this.faults.push('503 without Retry-After');
      this.retries += 1;
      await sleep(50 + Math.min(tries, 10) * 20);
    }
    throw new Error(`no answer to ${call.method ?? 'GET'} ${call.path}`);
  }

  #callOf(one: StormCase, seen: Seen, stroke: Required<Stroke>): Call {
    const { deed, who, key } = stroke;
    const common = { Cookie: who.cookie, Origin: this.#plan.origin };
    const api = (name: string, body: unknown): Call => ({
      method: 'POST',
      path: `/api/v1/applications/${one.id}/${name}`,
      body: JSON.stringify(body),
      headers: { ...common, 'Content-Type': 'application/json', 'If-Match': `"${seen.version}"`, 'Idempotency-Key': key },
    });
    const page = (path: string, fields: Record<string, string> | [string, string][]): Call => ({
      method: 'POST',
      path,
      body: new URLSearchParams([
        ['idempotencyKey', key],
        ['version', String(seen.version)],
        ...(Array.isArray(fields) ? fields : Object.entries(fields)),
      ]).toString(),
      headers: { ...common, 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    switch (deed) {
      case 'submit':
        return page(`/my/applications/${one.id}/review`, { intent: 'submit', confirmed: '1' });
      case 'receive':
        return api('receipt', { licenceSeen: true });
      case 'approve':
        return api('approval', {
          decidedOn: this.#plan.decidedOn(seen),
          ...(seen.leg === 'leave' ? {} : { categoryId: this.#plan.categories.get(seen.holder ?? -1) }),
          confirmed: true,
        });
      case 'return':
        return api('return', { reasons: ['R04'], message: 'ご確認ください。' });
      case 'reject':
        return api('rejection', { reason: this.#plan.rejectReason, message: '見送りとします。' });
      case 'cancel':
        return page(`/office/applications/${one.id}/cancel`, { reason: this.#plan.cancelReason });
      case 'attention':
        return page(`/office/applications/${one.id}/attention`, { attention: 'on', reason: '要確認' });
      case 'acknowledge':
        return page(`/office/applications/${one.id}/acknowledge`, {});
      case 'revoke':
        return page(`/office/applications/${one.id}/revoke`, { reason: '誤って承認したため' });
      case 'revokeLeave':
        return page(`/office/applications/${one.id}/revoke`, { what: 'leave', reason: this.#plan.revokeLeaveReason, note: '本人の申し出' });
      case 'retract':
        return page(`/my/applications/${one.id}/retract`, { reason: this.#plan.cancelReason });
      case 'resubmit':
        return page(`/my/applications/${one.id}/review`, { intent: 'resubmit' });
      case 'bulk:receive':
        return page('/office/applications/bulk', this.#bulk(one, seen, 'receive'));
      case 'bulk:return':
        return page('/office/applications/bulk', this.#bulk(one, seen, 'return'));
    }
  }
}
