import { newId } from '#kernel/id.ts';
import type { Call } from '#support/calls.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { Body } from './bodies.ts';
import { brokenBody, multipart, oddJson, spoiled, spoiledJson } from './bodies.ts';
import type { Surface, Visitor } from './crawl.ts';
import type { Form } from './pages.ts';
import type { Call as Described } from './schema.ts';
import { hostileHeaders, hostileNames, hostilePaths, hostileTexts, methods } from './values.ts';

/** The requests of P11, made of what the product itself registers, shows and describes; the same for the same seed. */

export type Abuse = {
  what: string;
  route: string;
  visitor: Visitor;
  call: Call;
  /** A server may hang up on it instead of answering: it is too big, or not HTTP. */
  mayBreak: boolean;
};

export type Ground = { origin: string; surfaces: readonly Surface[]; calls: readonly Described[]; visitors: readonly Visitor[] };

const biggest = 60 * 1024;

function withQuery(path: string, pairs: readonly (readonly [string, string])[]): string {
  const text = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`).join('&');
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

function encodedForm(pairs: readonly (readonly [string, string])[]): Body {
  return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(pairs.map(([n, v]) => [n, v])).toString()) };
}

/** Every field once as the form would send it. */
function filled(random: SeededRandom, form: Form): (readonly [string, string])[] {
  return form.fields.map((field) => [field.name, field.values.length === 0 ? '' : random.pick(field.values)] as const);
}

export class AbuseMaker {
  readonly #ground: Ground;
  readonly #random: SeededRandom;
  readonly #odd: string[];

  constructor(ground: Ground, seed: number) {
    this.#ground = ground;
    this.#random = new SeededRandom(seed);
    this.#odd = oddJson(seed, 500);
  }

  /** Each field and parameter of each page and call with each hostile value, all else as it should be. */
  *systematic(): Generator<Abuse> {
    const done = new Set<string>();
    for (const surface of this.#ground.surfaces) {
      const names = [
        ...surface.parameters,
        ...surface.forms.flatMap((form) => (form.method === 'get' ? form.fields.map((f) => f.name) : [])),
      ];
      for (const name of names.filter((one) => isNew(done, `GET ${surface.route} ${one}`)))
        for (const value of hostileTexts) yield this.#get(surface, [[name, value]], `parameter ${name}`);
      for (const form of surface.forms.filter((one) => one.method === 'post'))
        for (const field of form.fields.filter((one) =>
          isNew(done, `POST ${surface.route} ${form.action.split('?')[0]?.length} ${one.name}`),
        ))
          for (const value of hostileTexts) {
            const pairs = filled(this.#random, form).map(([name, typed]) => [name, name === field.name ? value : typed] as const);
            yield this.#post(surface, form, { body: this.#encode(form, pairs), what: `field ${field.name}` });
          }
    }
    for (const described of this.#ground.calls)
      for (const name of described.query) for (const value of hostileTexts) yield this.#apiGet(described, [[name, value]]);
  }

  /** One request at random. */
  any(): Abuse {
    const chance = this.#random.next();
    const surface = this.#random.pick(this.#ground.surfaces);
    if (chance < 0.2) return this.#get(surface, this.#pairs(surface.parameters), 'parameters');
    if (chance < 0.3) return this.#oddPath(surface);
    if (chance < 0.38) return this.#oddMethod(surface);
    if (chance < 0.48) return this.#oddHeaders(surface);
    if (chance < 0.58) return this.#oddBody(surface);
    if (chance < 0.75) return this.#api();
    const [form] = surface.forms.filter((one) => one.method === 'post').sort(() => this.#random.next() - 0.5);
    if (form === undefined) return this.#oddBody(surface);
    const pairs = [...spoiled(this.#random, filled(this.#random, form)), ...this.#pairs([])];
    return this.#post(surface, form, { body: this.#encode(form, pairs), what: 'form' });
  }

  #abuse(at: { what: string; route: string; visitor: Visitor }, call: Call, mayBreak = false): Abuse {
    const headers = { Cookie: at.visitor.cookie, Origin: this.#ground.origin, ...call.headers };
    return { ...at, call: { ...call, headers }, mayBreak };
  }

  /** Somebody else now and then, so that everybody meets every page. */
  #somebody(surface: Surface): Visitor {
    return this.#random.next() < 0.8 ? surface.visitor : this.#random.pick(this.#ground.visitors);
  }

  /** As a page, or as the data of it that the script asks for, which costs the server less. */
  #shown(path: string): string {
    return path !== '/' && this.#random.next() < 0.6 ? `${path}.data` : path;
  }

  #pairs(names: readonly string[]): (readonly [string, string])[] {
    const known = names.length === 0 ? ['q', 'after', 'size', 'sort'] : names;
    return Array.from({ length: this.#random.from(0, 4) }, () => {
      const name = this.#random.next() < 0.7 ? this.#random.pick(known) : this.#random.pick(hostileNames);
      return [name, this.#random.pick(hostileTexts).slice(0, 4_000)] as const;
    });
  }

  #encode(form: Form, pairs: readonly (readonly [string, string])[]): Body {
    return form.multipart || this.#random.next() < 0.1 ? multipart(pairs, 'a.pdf') : encodedForm(pairs);
  }

  #get(surface: Surface, pairs: readonly (readonly [string, string])[], what: string): Abuse {
    const path = withQuery(this.#shown(surface.path), pairs);
    const at = { what: `${what} ${pairs.map(([name, value]) => `${name}=${value.slice(0, 40)}`).join('&')}`, route: surface.route };
    return this.#abuse({ ...at, visitor: this.#somebody(surface) }, { path }, path.length > 15_000);
  }

  #post(surface: Surface, form: Form, { body, what }: { body: Body; what: string }): Abuse {
    const [path = '', query] = form.action.split('?');
    const action = query === undefined ? this.#shown(path) : `${path}?${query}`;
    const call = { method: 'POST', path: action, headers: { 'Content-Type': body.type }, body: body.bytes };
    return this.#abuse({ what, route: surface.route, visitor: this.#somebody(surface) }, call, body.bytes.length > biggest);
  }

  #oddPath(surface: Surface): Abuse {
    const pattern = this.#random.pick(hostilePaths);
    const path = pattern.replaceAll('%s', () => surface.path);
    return this.#abuse({ what: `path ${pattern.slice(0, 60)}`, route: surface.route, visitor: surface.visitor }, { path });
  }

  #oddMethod(surface: Surface): Abuse {
    const method = this.#random.pick(methods);
    return this.#abuse(
      { what: `method ${method}`, route: surface.route, visitor: this.#somebody(surface) },
      { method, path: surface.path },
    );
  }

  #oddHeaders(surface: Surface): Abuse {
    const chosen = Array.from({ length: this.#random.from(1, 3) }, () => this.#random.pick(hostileHeaders));
    const what = `headers ${chosen.map(([name, value]) => `${name}: ${value.slice(0, 40)}`).join(', ')}`;
    const size = chosen.reduce((sum, [, value]) => sum + value.length, 0);
    const call = { path: this.#shown(surface.path), headers: Object.fromEntries(chosen) };
    return this.#abuse({ what, route: surface.route, visitor: surface.visitor }, call, size > 12_000 || 'Expect' in call.headers);
  }

  #oddBody(surface: Surface): Abuse {
    const body = brokenBody(this.#random);
    const headers: Record<string, string> = body.type === '' ? {} : { 'Content-Type': body.type };
    const call = { method: this.#random.pick(['POST', 'POST', 'POST', 'PUT', 'DELETE']), path: surface.path, headers, body: body.bytes };
    const what = `body ${body.type} ${body.bytes.subarray(0, 40).toString('latin1')}`;
    return this.#abuse({ what, route: surface.route, visitor: this.#somebody(surface) }, call, body.bytes.length > biggest);
  }

  #idFor(path: string): string {
    const [, kind = ''] = /\/(\w+)\/\{/.exec(path) ?? [];
    const ids = this.#ground.surfaces.flatMap((one) => (one.path.includes(`/${kind}/`) ? (/[0-9a-f-]{36}/.exec(one.path) ?? []) : []));
    const chance = this.#random.next();
    if (chance < 0.15 || ids.length === 0) return newId();
    return chance < 0.25 ? encodeURIComponent(this.#random.pick(hostileTexts).slice(0, 500).toWellFormed()) || '-' : this.#random.pick(ids);
  }

  #apiGet(described: Described, pairs: readonly (readonly [string, string])[]): Abuse {
    const path = withQuery(
      described.path.replaceAll(/\{\w+\}/g, () => this.#idFor(described.path)),
      pairs,
    );
    const what = pairs.map(([name, value]) => `${name}=${value.slice(0, 40)}`).join('&');
    return this.#abuse({ what, route: described.path, visitor: this.#random.pick(this.#ground.visitors) }, { path }, path.length > 15_000);
  }

  #api(): Abuse {
    const described = this.#random.pick(this.#ground.calls);
    if (described.method === 'GET') return this.#apiGet(described, this.#pairs(described.query));
    const path = described.path.replaceAll(/\{\w+\}/g, () => this.#idFor(described.path));
    const wild = this.#random.next();
    const body =
      wild < 0.3 ? brokenBody(this.#random) : { type: 'application/json', bytes: Buffer.from(JSON.stringify(this.#jsonOf(described))) };
    const [header, value] = this.#random.pick(hostileHeaders.slice(0, 7));
    const odd = this.#random.next() < 0.3 ? { [header]: value } : {};
    const headers = { 'Content-Type': body.type, 'If-Match': `"${this.#random.from(1, 9)}"`, 'Idempotency-Key': newId(), ...odd };
    const at = { what: `call ${body.bytes.subarray(0, 60).toString('latin1')}`, route: described.path };
    const call = { method: 'POST', path, headers, body: body.bytes };
    return this.#abuse({ ...at, visitor: this.#random.pick(this.#ground.visitors) }, call, body.bytes.length > biggest);
  }

  #jsonOf(described: Described): unknown {
    return spoiledJson(this.#random, described.body, this.#odd) ?? null;
  }
}

function isNew(done: Set<string>, key: string): boolean {
  if (done.has(key)) return false;
  done.add(key);
  return true;
}
