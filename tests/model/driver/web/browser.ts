import { newId } from '#kernel/id.ts';
import type { Answer, NoAnswer } from '#support/calls.ts';
import { Caller } from '#support/calls.ts';
import type { Done } from '../stage.ts';
import type { Fields, PageForm } from './forms.ts';
import { filled, formIn } from './forms.ts';

/** A browser without script: opens pages, fills in their forms, sends them, and reads the answers. */

/** One form on its way: where it is sent, with what, and where the answer leads when it was taken. */
export type Sheet = {
  cookie: string;
  path: string;
  /** Where its page is opened, if not at the same address. */
  page?: string;
  fields: Fields;
  /** Sent along as files. */
  files?: Readonly<Record<string, File>>;
  /** A control that no other form of the page has. */
  holding: string;
  taken: RegExp;
  /** The page is an old one: it carries the version of `fields`, whatever stands there now. */
  stale?: boolean;
};

/** What became of it; `location` where it was taken. */
export type Sent = Done & { location: string };

/** The refusals that a page may give: not yours, not there, somebody was quicker, wrongly filled in. */
const refusals = new Set([403, 404, 409, 422]);

/** Every answer that is no answer of a page is a fault, however it came about. */
function readable(answer: Answer | NoAnswer, what: string): Answer {
  if (!('body' in answer)) throw new Error(`${what}: no answer (${answer.error})`);
  if (answer.status >= 500) throw new Error(`${what}: ${answer.status}`);
  return answer;
}

/** The sentences in which a page says what is wrong. */
function saidIn(html: string): string {
  const [, box = ''] = /<div class="ui-(?:summary|notice ui-notice-error)"[^>]*>([\s\S]*?)<\/div>/.exec(html) ?? [];
  return box
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A paper that can no longer be written on: its pages lead to the case, which says how it stands. */
const ledToCase = /^\/(my|office)\/applications\/[0-9a-f-]{36}$/;
const writing = /\/(associations|change|transfer|destination|details|review|delete)$/;

function verdict(answer: Answer, { path, taken }: Sheet): Sent {
  const location = answer.headers.location ?? '';
  if (answer.status === 303 && taken.test(location)) return { ok: true, said: '', location };
  const led = answer.status === 302 && ledToCase.test(location) && path.startsWith(`${location}/`);
  if (led && writing.test(path.split('?')[0] ?? '')) return { ok: false, said: 'led to the case', location };
  const said = `${answer.status} ${location}${saidIn(answer.body)}`;
  if (refusals.has(answer.status) && /<h1/.test(answer.body)) return { ok: false, said, location };
  return { ok: undefined, said: `${path}: ${said}`, location };
}

async function multipart(fields: Fields, files: Readonly<Record<string, File>>): Promise<{ body: Buffer; type: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
  for (const [name, file] of Object.entries(files)) form.append(name, file);
  const made = new Response(form);
  return { body: Buffer.from(await made.arrayBuffer()), type: made.headers.get('content-type') ?? '' };
}

/** The version comes from the page, unless it is an old one. */
function asSeen({ fields, stale }: Sheet): Fields {
  const { version: _shown, ...others } = fields;
  return stale === true ? fields : others;
}

/** The form, if what it is known by is the button that is looked for: a draft is sent, but not sent again. */
function offering(form: PageForm | undefined, { holding, fields }: Sheet): PageForm | undefined {
  const { intent } = fields;
  const buttons = form?.offers.get('intent');
  const other = holding === 'intent' && typeof intent === 'string' && buttons instanceof Set && !buttons.has(intent);
  return other ? undefined : form;
}

export class Browser {
  readonly #caller: Caller;
  /** Requests sent so far, and how many of the forms were filled in on their pages. */
  readonly count = { requests: 0, filledIn: 0 };

  constructor(origin: string) {
    this.#caller = new Caller(origin, 4);
  }

  async open(path: string, cookie: string): Promise<Answer> {
    this.count.requests += 1;
    return readable(await this.#caller.call({ path, headers: { Cookie: cookie } }), `GET ${path}`);
  }

  /** As if its page had been open for a while: with a key of its own, whatever the page says by now. */
  async send(sheet: Sheet): Promise<Sent> {
    return verdict(await this.#post(sheet, { idempotencyKey: newId(), ...sheet.fields }), sheet);
  }

  /**
   * Opened, filled in with what the page offers, and sent. A page without the form is a refusal; whether the server keeps
   * it as well is seen by sending it all the same. So is a paper about an affiliation with another case, on a page that was
   * opened before that case.
   */
  async fillIn(sheet: Sheet): Promise<Sent> {
    const page = await this.open(sheet.page ?? sheet.path, sheet.cookie);
    const form = offering(formIn(page.body, sheet), sheet);
    if (page.body.includes('この所属について申請中の届があります')) return await this.send(sheet);
    if (form === undefined) return await this.#unasked(sheet, page);
    this.count.filledIn += 1;
    return verdict(await this.#post({ ...sheet, path: form.action }, filled(form, asSeen(sheet))), sheet);
  }

  /** 「内容を確認する」 first: the page comes back with what must be confirmed about the day, and is filled in then. */
  async fillInAfterLook(sheet: Sheet): Promise<Sent> {
    const page = await this.open(sheet.path, sheet.cookie);
    const form = formIn(page.body, sheet);
    if (form === undefined) return await this.#unasked(sheet, page);
    const { confirmedFor: _stands, ...wanted } = asSeen(sheet);
    const looked = await this.#post({ ...sheet, path: form.action }, filled(form, { ...wanted, intent: 'check' }));
    const again = looked.status === 200 ? formIn(looked.body, sheet) : undefined;
    if (again === undefined) return { ok: undefined, said: `${sheet.path}: ${looked.status} after a look`, location: '' };
    this.count.filledIn += 1;
    return verdict(await this.#post({ ...sheet, path: again.action }, filled(again, wanted)), sheet);
  }

  async #unasked(sheet: Sheet, page: Answer): Promise<Sent> {
    const sent = await this.send(sheet);
    if (sent.ok !== true) return sent;
    return {
      ...sent,
      ok: undefined,
      said: `taken, though the page offers no such form: ${page.status} ${page.headers.location ?? ''} ${saidIn(page.body)}`,
    };
  }

  async #post({ path, cookie, files = {} }: Sheet, fields: Fields): Promise<Answer> {
    this.count.requests += 1;
    const what = `POST ${path}`;
    if (Object.keys(files).length === 0) return readable(await this.#caller.post(path, { cookie }, fields), what);
    const { body, type } = await multipart(fields, files);
    const headers = { Cookie: cookie, Origin: this.#caller.origin, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type };
    return readable(await this.#caller.call({ method: 'POST', path, headers, body }), what);
  }

  close(): void {
    this.#caller.close();
  }
}
