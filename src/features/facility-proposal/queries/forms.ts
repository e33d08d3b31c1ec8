import { codeLists } from '#features/association/queries/directory.ts';
import type { FacilityContent } from '#features/facility/fields.ts';
import { isCandidate, isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
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
  const codes = await codeLists(tx, ['prefecture', 'ownerType'], ctx.today);
  const options = (list: 'prefecture' | 'ownerType') => codes(list).map((row) => ({ value: row.code, label: row.label }));
  return { prefectures: options('prefecture'), owners: options('ownerType') };
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

/** The facility of the master that is chosen in a form. */
async function chosenIn(tx: ReadTransaction, id: string) {
  const found = isId(id) ? await findFacility(tx, id) : undefined;
  return found !== undefined && isRegistered(found.state) ? facilityOptions([found])[0] : undefined;
}

/** A facility that may be in the master twice, and the other one as far as it is chosen; undefined for any other. */
export const reportStart = query({
  name: 'facility.reportStart',
  input: z.object({ id: idInput, otherId: z.string().max(64) }),
  allow: proposersOnly,
  read: async (tx, { id, otherId }, ctx) => {
    const facility = await facilityInSight(tx, askingOffice(ctx).associationId, id);
    if (facility === undefined || !isRegistered(facility.state)) return undefined;
    const facts = factsOf(contentOf(facility), await fieldWords(tx, ctx.today));
    return { id, name: facility.name, facts, chosen: await chosenIn(tx, otherId) };
  },
  audit: 'nothing',
});

/** A name in sight of the office that a doctor has typed; undefined for any other facility. */
async function typedName(tx: ReadTransaction, ctx: Context, id: string): Promise<Facility | undefined> {
  const facility = isId(id) ? await facilityInSight(tx, askingOffice(ctx).associationId, id) : undefined;
  return facility !== undefined && isCandidate(facility.state) ? facility : undefined;
}

/** What a doctor has typed, as the form of a new facility begins with it. */
export type FilledIn = Partial<FacilityContent> & { candidateId?: string };

/** A new facility, filled in with what a doctor has typed where it begins with such a name. */
export const newStart = query({
  name: 'facility.newStart',
  input: z.object({ from: z.string().max(64) }),
  allow: proposersOnly,
  read: async (tx, { from }, ctx) => {
    const typed = from === '' ? undefined : await typedName(tx, ctx, from);
    const filled: FilledIn = typed === undefined ? {} : { ...contentOf(typed), candidateId: typed.id };
    return { choices: await choices(tx, ctx), filled };
  },
  audit: 'nothing',
});

/** A name that can be tied to a facility of the master, and that facility as far as it is chosen; undefined for any other. */
export const tieStart = query({
  name: 'facility.tieStart',
  input: z.object({ id: idInput, otherId: z.string().max(64) }),
  allow: proposersOnly,
  read: async (tx, { id, otherId }, ctx) => {
    const facility = await typedName(tx, ctx, id);
    if (facility === undefined) return undefined;
    const facts = factsOf(contentOf(facility), await fieldWords(tx, ctx.today));
    return { id, name: facility.name, version: facility.version, facts, chosen: await chosenIn(tx, otherId) };
  },
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
