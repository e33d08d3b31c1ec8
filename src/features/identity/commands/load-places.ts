import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { ipVersion } from '#platform/http/ip-version.ts';
import { z } from 'zod';
import { forgetPlaces, insertPlaces } from '../place.store.server.ts';

const longestPrefix = { 4: 32, 6: 128 } as const;

/** 「203.0.113.0/24」 or a single address, of either version. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = ipVersion(address);
  if (rest.length > 0 || version === undefined) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longestPrefix[version]);
}

const place = z.object({ network: z.string().refine(isNetwork), place: z.string().trim().min(1).max(40) });
export type PlaceLine = z.infer<typeof place>;

/** True for a line that can be taken. */
export function isPlaceLine(line: PlaceLine): boolean {
  return place.safeParse(line).success;
}

const atOnce = 5000;

/** Replaces what is known of where networks are (D-05); the operator's table, none of it is personal. */
export const loadPlaces = command({
  name: 'identity.loadPlaces',
  input: z.object({ places: z.array(place).max(1_000_000) }),
  locks: async () => await Promise.resolve([{ kind: 'key' as const, id: 'network-places' }]),
  load: async () => await Promise.resolve({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(true),
  save: async (tx, { input: { places } }) => {
    await forgetPlaces(tx);
    for (let from = 0; from < places.length; from += atOnce) await insertPlaces(tx, places.slice(from, from + atOnce));
    const audit = { action: 'identity.loadPlaces', detail: { rows: places.length } };
    return { value: { rows: places.length }, audit, events: [] };
  },
});
