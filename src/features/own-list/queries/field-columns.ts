import { actingOffice } from '#features/membership/queries/members.ts';
import type { OwnColumns } from '#platform/sheet/list-definition.ts';
import { listFields, listValuesOf } from '../field.store.server.ts';
import { stateOn } from '../rules.ts';
import { textOf } from './member-fields.ts';

const prefix = 'own';

/** 独自項目 of the acting office as columns of 会員一覧 (`screens.md §9`); ended ones are offered, but off until ticked. */
export const ownFieldColumns: OwnColumns = {
  offered: async (tx, ctx) =>
    (await listFields(tx, actingOffice(ctx).associationId)).map((field) => ({
      code: `${prefix}${field.id}`,
      label: field.name,
      sensitive: false,
      spare: stateOn(field, ctx.today) === 'ended',
    })),
  cells: async (tx, ctx, { rows, codes }) => {
    const { associationId } = actingOffice(ctx);
    const kinds = new Map((await listFields(tx, associationId)).map((field) => [field.id, field.kind]));
    const values = await listValuesOf(tx, associationId, {
      personIds: rows.map((row) => row.personId),
      fieldIds: codes.map((code) => Number(code.slice(prefix.length))),
    });
    const cells = new Map<string, string[]>();
    for (const { personId, fieldId, value } of values) {
      const line = cells.get(personId) ?? codes.map(() => '');
      line[codes.indexOf(`${prefix}${fieldId}`)] = textOf({ kind: kinds.get(fieldId) ?? '' }, value);
      cells.set(personId, line);
    }
    return cells;
  },
};
