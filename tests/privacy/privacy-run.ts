import type { Answer, Call, NoAnswer } from '#support/calls.ts';
import { Caller } from '#support/calls.ts';
import type { Received } from '#support/mail-server.ts';
import type { Marked } from '#support/marked-world.ts';

/** P15: what a product lets out of sight of its pages: log lines, addresses, heads of mails, searched for the data of marked people. */

/** Names, kana, licence number, telephone, mail, address of a marked person: not the ids, which addresses are made of. */
export function personalOf(people: readonly Marked[]): string[] {
  return people.flatMap(({ marks }) => marks.slice(0, 8));
}

function readable(address: string): string {
  const spaced = address.replaceAll('&amp;', '&').replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced; // whatever is no text in percent form is searched as it stands
  }
}

/** RFC 2047 words of a head as people read them. */
export function readableHead(head: string): string {
  return head
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, how: string, text: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : Buffer.from(
            text.replaceAll('_', ' ').replaceAll(/=([0-9A-F]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ).toString('utf8'),
    );
}

/** Of the head only `To`, and there the address itself, may name whom the mail is for. */
function headOf(mail: Received): string {
  const to = mail.to[0] ?? '';
  return readableHead(mail.head)
    .split('\r\n')
    .map((line) => (/^to:/i.test(line) ? line.replace(to, '') : line))
    .join('\n');
}

function addressesIn(html: string): string[] {
  return [...html.matchAll(/\b(?:href|src|action)="([^"]*)"/g)].map(([, address = '']) => address);
}

/** A caller who keeps every address that the product itself made. */
export class WatchingCaller extends Caller {
  readonly addresses = new Set<string>();
  /** Pages that showed something of a marked person: where they ought to. */
  shown = 0;
  readonly #marks: readonly string[];

  constructor(origin: string, marks: readonly string[]) {
    super(origin, 8);
    this.#marks = marks;
  }

  override async call(call: Call): Promise<Answer | NoAnswer> {
    const answer = await super.call(call);
    if (!('body' in answer)) return answer;
    const { location } = answer.headers;
    if (location !== undefined) this.addresses.add(location);
    if (this.#marks.some((mark) => answer.body.includes(mark))) this.shown += 1;
    // A search that somebody typed stands in the address by his own will (screens.md 1.3); the pages' own links must not.
    if (!hasMark(readable(call.path), this.#marks)) for (const address of addressesIn(answer.body)) this.addresses.add(address);
    return answer;
  }
}

function hasMark(text: string, marks: readonly string[]): boolean {
  return marks.some((mark) => text.includes(mark));
}

export type Leaks = { log: string[]; addresses: string[]; heads: string[]; mailAddresses: string[] };

/** Where marks turned up; each list is empty when all is well. */
export function leaksIn(seen: { said: string; addresses: Iterable<string>; mails: readonly Received[] }, marks: readonly string[]): Leaks {
  const found = (texts: readonly string[]) => texts.filter((text) => hasMark(text, marks)).slice(0, 10);
  return {
    log: found(seen.said.split('\n')),
    addresses: found([...seen.addresses].map(readable)),
    heads: found(seen.mails.map(headOf)),
    mailAddresses: found(
      seen.mails.flatMap((mail) => [...addressesIn(mail.html), ...(mail.body.match(/https?:\/\/\S+/g) ?? [])]).map(readable),
    ),
  };
}
