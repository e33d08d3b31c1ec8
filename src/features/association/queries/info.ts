import type { Day } from '#kernel/day.ts';
import { laterDay } from '#kernel/day.ts';
import { dayInput, idInput } from '#kernel/input.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { askedContent, decideInfo } from '../commands/save-info.ts';
import type { InfoChange, InfoContent, InfoLine } from '../info-fields.ts';
import { infoChanges, infoLines, infoNames } from '../info-fields.ts';
import { infoInput } from '../info-schema.ts';
import type { Info } from '../info.store.server.ts';
import { findSeal, listInfoOn } from '../info.store.server.ts';
import { mayPlanSettings, officeOfSettings } from '../policy.ts';
import type { NameRequest } from '../request.store.server.ts';
import { listRequests } from '../request.store.server.ts';
import type { AssociationRow } from '../store.server.ts';
import { findAssociations } from '../store.server.ts';
import { emptyInfo, infoAround, infoOn } from './info-around.ts';

/** 医師会情報 of the own association (`screens.md O-19`), and what other features read of it. Nothing about members. */

const officeOnly = (ctx: Context) => (officeOfSettings(ctx.actor) === undefined ? refuse('forbidden') : true);
const adminOnly = (ctx: Context) => (mayPlanSettings(ctx.actor) ? true : refuse('forbidden'));

export type InfoVersion = { version: number; startsOn: Day; by: string; at: Date; state: 'current' | 'ahead' | 'past'; changes: string[] };

export type InfoView = {
  association: AssociationRow;
  parent: string;
  lines: InfoLine[];
  since: Day | undefined;
  sealId: string | null;
  mayEdit: boolean;
  versions: InfoVersion[];
  requests: NameRequest[];
};

function stateOf(one: Info, versions: readonly Info[], about: { current: Info | undefined; today: Day }): InfoVersion['state'] {
  if (one.version === about.current?.version) return 'current';
  // A plan that was said anew for the same day never comes into force.
  return one.startsOn > about.today && infoOn(versions, one.startsOn)?.version === one.version ? 'ahead' : 'past';
}

function versionLines(versions: readonly Info[], about: { current: Info | undefined; today: Day }): InfoVersion[] {
  return versions.map((one, place) => ({
    version: one.version,
    startsOn: one.startsOn,
    by: one.recordedBy,
    at: one.recordedAt,
    state: stateOf(one, versions, about),
    // Against what was in force on that day when it was written.
    changes: infoChanges(infoOn(versions.slice(place + 1), one.startsOn) ?? emptyInfo, one)
      .filter((line) => line.changed)
      .map((line) => line.label),
  }));
}

/** What the page of 医師会情報 shows. */
export const associationInfo = query({
  name: 'association.info',
  input: z.object({}),
  allow: officeOnly,
  read: async (tx, _input, ctx): Promise<InfoView | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const { versions, current } = await infoAround(tx, { office, today: ctx.today, sealId: '', startsOn: ctx.today });
    const [association] = await findAssociations(tx, [office.associationId], ctx.today);
    if (association === undefined) return undefined;
    const [parent] = association.parentId === null ? [] : await findAssociations(tx, [association.parentId], ctx.today);
    return {
      association,
      parent: parent?.name ?? '',
      lines: infoLines(current ?? emptyInfo),
      since: current?.startsOn,
      sealId: current?.sealId ?? null,
      mayEdit: mayPlanSettings(ctx.actor),
      versions: versionLines(versions, { current, today: ctx.today }),
      requests: await listRequests(tx, office.associationId),
    };
  },
  audit: 'nothing',
});

export type InfoStart = { version: number; base: number; content: InfoContent; startsOn: Day; today: Day; association: AssociationRow };

/** What the form begins with: what is in force today, or on the later day of a plan that is to be changed. */
export const infoStart = query({
  name: 'association.infoStart',
  input: z.object({ on: dayInput(infoNames.startsOn, { required: false }).catch(undefined) }),
  allow: adminOnly,
  read: async (tx, { on }, ctx): Promise<InfoStart | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const startsOn = laterDay(on ?? ctx.today, ctx.today);
    const { version, inForce, content } = await infoAround(tx, { office, today: ctx.today, sealId: '', startsOn });
    const [association] = await findAssociations(tx, [office.associationId], ctx.today);
    if (association === undefined) return undefined;
    return { version, base: inForce?.version ?? 0, content, startsOn, today: ctx.today, association };
  },
  audit: 'nothing',
});

/** `alsoFrom`: the days of plans that are said anew with the change. */
export type InfoReview = { startsOn: Day; changes: InfoChange[]; alsoFrom: Day[] };

/** 確認画面: 変更前 and 変更後, or why it cannot be saved. */
export const infoReview = query({
  name: 'association.infoReview',
  input: infoInput,
  allow: adminOnly,
  read: async (tx, input, ctx): Promise<Outcome<InfoReview> | undefined> => {
    const office = officeOfSettings(ctx.actor);
    if (office === undefined) return undefined;
    const { startsOn } = input;
    const around = await infoAround(tx, { office, today: ctx.today, sealId: input.sealId, startsOn });
    const decided = decideInfo(ctx, around, input);
    if (!decided.ok) return decided;
    const alsoFrom = decided.value.slice(1).map((plan) => plan.startsOn);
    return accepted({ startsOn, changes: infoChanges(around.content, askedContent(input)), alsoFrom });
  },
  audit: 'nothing',
});

/** The picture of a seal, for its own association. */
export const ownSeal = query({
  name: 'association.seal',
  input: z.object({ id: idInput }),
  allow: officeOnly,
  read: async (tx, { id }, ctx) => {
    const seal = await findSeal(tx, id);
    return seal?.associationId === officeOfSettings(ctx.actor)?.associationId ? seal : undefined;
  },
  audit: 'nothing',
});

/** What associations say of themselves on a day; those that have said nothing are missing from the answer. */
export async function infoOfAssociations(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<Info[]> {
  return await listInfoOn(tx, ids, on);
}

/** The file of a seal that a paper names. */
export async function sealFile(tx: ReadTransaction, id: string): Promise<{ fileId: string; mediaType: string } | undefined> {
  return await findSeal(tx, id);
}
