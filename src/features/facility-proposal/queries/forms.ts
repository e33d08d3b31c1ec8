import { codeList } from '#features/association/queries/directory.ts';
import { isRegistered } from '#features/facility/fields.ts';
import { contentOf, facilityOptions, findFacility } from '#features/facility/queries/facility.ts';
import { factsOf, fieldWords } from '#features/facility/queries/history.ts';
import { isId } from '#kernel/id.ts';
import { idInput } from '#kernel/input.ts';
import { facilityInSight } from '#features/membership/queries/facilities.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { mayPropose } from '../policy.ts';
import { idOnly } from '../schema.ts';
import { lookalikes } from './lookalikes.ts';
import { askingOffice } from './proposals.ts';

/** What the forms of proposals begin with (`screens.md O-14`). */

type Option = { value: string; label: string };

export type FacilityChoices = { prefectures: Option[]; owners: Option[] };

function proposersOnly(ctx: Context): true | Refused {
  return mayPropose(ctx.actor) ? true : refuse('forbidden');
}

async function choices(tx: ReadTransaction, ctx: Context): Promise<FacilityChoices> {
  const options = async (list: string) => (await codeList(tx, list, ctx.today)).map((row) => ({ value: row.code, label: row.label }));
  return { prefectures: await options('prefecture'), owners: await options('ownerType') };
}

/** A facility that changes can be proposed for; undefined for any other. */
export const changeStart = query({
  name: 'facility.changeStart',
  input: idOnly,
  allow: proposersOnly,
  read: async (tx, { id }, ctx) => {
    const facility = await facilityInSight(tx, askingOffice(ctx).associationId, id);
    if (facility === undefined || !isRegistered(facility.state)) return undefined;
    return { id, name: facility.name, version: facility.version, content: contentOf(facility), choices: await choices(tx, ctx) };
  },
  audit: 'nothing',
});

/** A facility that may be in the master twice, and the other one as far as it is chosen; undefined for any other. */
export const reportStart = query({
  name: 'facility.reportStart',
  input: z.object({ id: idInput, otherId: z.string().max(64) }),
  allow: proposersOnly,
  read: async (tx, { id, otherId }, ctx) => {
    const facility = await facilityInSight(tx, askingOffice(ctx).associationId, id);
    if (facility === undefined || !isRegistered(facility.state)) return undefined;
    const other = isId(otherId) ? await findFacility(tx, otherId) : undefined;
    const chosen = other !== undefined && isRegistered(other.state) ? facilityOptions([other])[0] : undefined;
    return { id, name: facility.name, facts: factsOf(contentOf(facility), await fieldWords(tx, ctx.today)), chosen };
  },
  audit: 'nothing',
});

/** A new facility. */
export const newStart = query({
  name: 'facility.newStart',
  input: z.object({}),
  allow: proposersOnly,
  read: async (tx, _input, ctx) => ({ choices: await choices(tx, ctx) }),
  audit: 'nothing',
});

const alikeInput = z.object({ name: z.string().max(200), tel: z.string().max(40), prefectureCode: z.string().max(2) });

/** What is in the master already and looks like what was typed. */
export const alikeFacilities = query({
  name: 'facility.alike',
  input: alikeInput,
  allow: proposersOnly,
  read: async (tx, about) =>
    (await lookalikes(tx, about)).map((row) => ({ id: row.id, name: row.name, note: [row.address, row.tel].filter(Boolean).join(' ') })),
  audit: 'nothing',
});
