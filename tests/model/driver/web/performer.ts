import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '#kernel/id.ts';
import type { RunningProduct } from '#support/running-product.ts';
import type { Attempt } from '../../reference/reference.ts';
import type { Paper } from '../../reference/state.ts';
import type { Lane } from '../lane.ts';
import { setSettings } from '../lane.ts';
import type { Done, Performer, Play } from '../stage.ts';
import type { Sent } from './browser.ts';
import { Browser } from './browser.ts';
import { formOf } from './deeds.ts';
import { looksWrong, nextLook } from './looks.ts';
import type { Desk } from './papers.ts';
import { correctOnPages, draftOnPages, typeBack } from './papers.ts';
import { People } from './people.ts';

type OnCase = Extract<Attempt, { case: number }>;

/** One step in so many is done on an opened page instead of from memory, and after one in so many a page is looked at. */
export type Pace = { opens: number; looks: number };

async function caseNow(play: Play, id: string): Promise<{ version: number; state: string }> {
  const { rows } = await play.lane.owner.query<{ version: number; state: string }>('SELECT version, state FROM application WHERE id = $1', [
    id,
  ]);
  return rows[0] ?? { version: 0, state: '' };
}

/** The model's steps as the requests of a browser without script to the running product, by people who are logged in. */
export class WebPerformer implements Performer {
  readonly #people: People;
  readonly #pace: Pace;
  readonly browser: Browser;
  /** Pages looked at. */
  looks = 0;

  private constructor(people: People, browser: Browser, pace: Pace) {
    this.#people = people;
    this.browser = browser;
    this.#pace = pace;
  }

  static async of(lane: Lane, product: RunningProduct, pace: Pace): Promise<WebPerformer> {
    return new WebPerformer(await People.of(lane, product), new Browser(product.origin), pace);
  }

  async begin(play: Play): Promise<void> {
    await this.#people.admit(play);
    await this.#people.wakeUp(play);
  }

  async perform(play: Play, step: Attempt, before?: Paper): Promise<Done> {
    switch (step.do) {
      case 'days':
        if (step.count > 0) await this.#night(play);
        return { ok: true, said: '' };
      case 'settings':
        await setSettings(play.lane, step.association, step.settings);
        return { ok: true, said: '' };
      case 'draft': {
        const drafted = await draftOnPages(this.#desk(play, { doctor: step.person }), step);
        if (drafted.ok === true) play.cases.set(play.model.tick, drafted.id);
        return drafted;
      }
      default:
        return await this.#onCase(play, step, before);
    }
  }

  async disagreements(play: Play): Promise<string[]> {
    const { tick } = play.model;
    const look = tick % this.#pace.looks === 0 ? nextLook(play, tick / this.#pace.looks) : undefined;
    if (look === undefined) return [];
    this.looks += 1;
    return await looksWrong(play, look, { browser: this.browser, cookie: this.#people.cookieOf(look.who) });
  }

  close(): void {
    this.browser.close();
  }

  #desk(play: Play, by: OnCase['by'], stale = false): Desk {
    const looking = play.model.tick % this.#pace.opens === 0;
    return { play, browser: this.browser, cookie: this.#people.cookieOf(by), looking, stale };
  }

  /** Days pass, and the product's own round of the last night comes. */
  async #night(play: Play): Promise<void> {
    await this.#people.wakeUp(play);
    const { owner } = play.lane;
    await owner.query("SELECT graphile_worker.add_job('acknowledgeOverdue', '{}'::json, max_attempts => 1)");
    for (let waited = 0; ; waited += 10) {
      const { rows } = await owner.query<{ error: string | null }>(
        "SELECT last_error AS error FROM graphile_worker.jobs WHERE task_identifier = 'acknowledgeOverdue'",
      );
      const [left] = rows;
      if (left === undefined) return;
      if (left.error !== null || waited > 60_000) throw new Error(`the night does not pass: ${left.error ?? 'nobody works'}`);
      await sleep(10);
    }
  }

  async #onCase(play: Play, step: OnCase, before: Paper | undefined): Promise<Done> {
    const id = play.cases.get(step.case) ?? newId();
    const now = await caseNow(play, id);
    const desk = this.#desk(play, step.by, step.stale === true);
    const version = now.version - (step.stale === true ? 1 : 0);
    // A draft could be written on too, but nobody corrects what was not returned.
    if (step.do !== 'resubmit' || before === undefined || now.state !== 'returned') return await this.#send(desk, { step, id, version });
    const { correction } = step;
    const corrected = await correctOnPages(desk, { id, before, correction, version: String(version) });
    const kept = (await caseNow(play, id)).version;
    const sent = corrected.ok === true ? await this.#send(desk, { step, id, version: version + kept - now.version }) : corrected;
    if (sent.ok === false && kept !== now.version) await typeBack(desk, { id, before });
    return sent;
  }

  async #send(desk: Desk, { step, id, version }: { step: OnCase; id: string; version: number }): Promise<Sent> {
    const form = formOf(desk.play, { step, id });
    const sheet = { cookie: desk.cookie, stale: desk.stale, ...form, fields: { ...form.fields, version: String(version) } };
    if (!desk.looking) return await this.browser.send(sheet);
    return await (step.do === 'approve' ? this.browser.fillInAfterLook(sheet) : this.browser.fillIn(sheet));
  }
}
