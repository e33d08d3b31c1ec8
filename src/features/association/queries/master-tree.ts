import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { MasterState } from '../flow.ts';
import { isOver, stateOn } from '../flow.ts';
import type { MasterRow } from '../master-fields.ts';
import { allMaster, listWholeMaster } from '../master-list.store.server.ts';
import type { MasterFilter } from '../master-schema.ts';
import { masterListInput } from '../master-schema.ts';
import { treeOf } from '../master-tree.ts';
import { masterOffice } from '../policy.ts';

/** 医師会マスタ as a tree (`screens.md J-02`): who belongs to whom on a day. */

export type MasterTwig = { code: string; name: string; members: number; state: MasterState; found: boolean; below: MasterTwig[] };

export type MasterTree = { roots: MasterTwig[]; narrowed: boolean; count: number };

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
    // Closed ones, and those taken back, stand in the tree only when they are asked for.
    const all = (await listWholeMaster(tx, allMaster, on)).filter((row) => found?.has(row.id) === true || !isOver(stateOn(row, on)));
    const twig = (row: MasterRow, below: MasterTwig[]): MasterTwig => {
      const { code, name, members, id } = row;
      return { code, name, members, state: stateOn(row, on), found: found?.has(id) ?? false, below };
    };
    return { roots: treeOf({ rows: all, found }, twig), narrowed, count: found?.size ?? all.length };
  },
  audit: 'nothing',
});
