import { refuse } from '#kernel/refusal.ts';
import type { Day } from '#kernel/day.ts';
import { query } from '#platform/command/query.ts';
import type { MasterState } from '../master-fields.ts';
import type { MasterRow } from '../master-fields.ts';
import { allMaster, listWholeMaster } from '../master-list.store.server.ts';
import type { MasterFilter } from '../master-schema.ts';
import { masterListInput } from '../master-schema.ts';
import { treeOf } from '../master-tree.ts';
import { masterOffice } from '../policy.ts';

/** 医師会マスタ as a tree (`screens.md J-02`): who belongs to whom on a day. */

export type MasterTwig = { code: string; name: string; members: number; state: MasterState; found: boolean; below: MasterTwig[] };

export type MasterTree = { roots: MasterTwig[]; narrowed: boolean; count: number };

/** What an association is on a day. */
export function stateOn({ startsOn, closesOn }: Pick<MasterRow, 'startsOn' | 'closesOn'>, on: Day): MasterState {
  if (closesOn !== null && closesOn < on) return 'closed';
  return startsOn > on ? 'planned' : 'active';
}

function isNarrowed({ q, layer, kind, prefecture, state, checked }: MasterFilter): boolean {
  return q !== '' || [layer, kind, prefecture, state, checked].some((one) => one !== undefined);
}

/** All associations below each other; conditions leave those that fit and the ones above them. */
export const masterTree = query({
  name: 'association.masterTree',
  input: masterListInput,
  allow: (ctx) => (masterOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, filter, ctx): Promise<MasterTree> => {
    const on = filter.on ?? ctx.today;
    const narrowed = isNarrowed(filter);
    const found = narrowed ? new Set((await listWholeMaster(tx, filter, on)).map((row) => row.id)) : undefined;
    // Closed ones stand in the tree only when they are asked for.
    const all = (await listWholeMaster(tx, allMaster, on)).filter((row) => found?.has(row.id) === true || stateOn(row, on) !== 'closed');
    const twig = (row: MasterRow, below: MasterTwig[]): MasterTwig => {
      const { code, name, members, id } = row;
      return { code, name, members, state: stateOn(row, on), found: found?.has(id) ?? false, below };
    };
    return { roots: treeOf({ rows: all, found }, twig), narrowed, count: found?.size ?? all.length };
  },
  audit: 'nothing',
});
