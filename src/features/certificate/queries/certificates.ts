import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { PageAsk } from '#kernel/paging.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isOpenable, isRevocable, shownState } from '../flow.ts';
import type { StateTone } from '../labels.ts';
import { certificateStateLabel, certificateStateTone } from '../labels.ts';
import { issuingOffice } from '../policy.ts';
import { stillHolds } from '../rules.ts';
import { memberListInput, officeListInput, ownListInput } from '../schema.ts';
import type { Certificate, OfficeLine } from '../store.server.ts';
import { listOfOffice, listOfPerson } from '../store.server.ts';
import type { KnownPerson } from './known.ts';
import { knownPerson } from './known.ts';

/** One line of a list of certificates. */
export type CertificateLine = {
  id: string;
  number: string;
  association: string;
  baseOn: Day;
  issuedOn: Day | undefined;
  appliedAt: Date;
  purpose: string;
  state: string;
  tone: StateTone;
  openable: boolean;
  revocable: boolean;
};

/** What stands around the lines of every list: how many, 表示件数, the neighbours. */
export type Around = { count: number; size: number; before: string | undefined; after: string | undefined };

export type CertificatePage = Around & { rows: CertificateLine[] };

/** Whether what is printed is what the records say today; without a paper there is nothing to hold. */
export function holdsFor(row: Certificate, person: KnownPerson | undefined): boolean {
  return row.paper === null || (person !== undefined && stillHolds(row.paper, person.in(row.associationId)));
}

async function pageWith(
  tx: ReadTransaction,
  ctx: Context,
  ask: { personId: string; associationId?: number; place: PageAsk },
): Promise<CertificatePage> {
  const { found, count } = await listOfPerson(tx, ask);
  const { rows, before, after } = pageOf(found, ask.place, (row) => row.id);
  const person = await knownPerson(tx, ask.personId, ctx.today);
  const names = new Map(
    (await associationsById(tx, [...new Set(rows.map((row) => row.associationId))], ctx.today)).map((one) => [one.id, one.name]),
  );
  return {
    rows: rows.map((row) => {
      const shown = shownState(row.state, holdsFor(row, person));
      return {
        id: row.id,
        number: row.number ?? '',
        association: row.paper?.association.name ?? names.get(row.associationId) ?? '',
        baseOn: row.baseOn,
        issuedOn: row.issuedAt === null ? undefined : dayOfInstant(row.issuedAt),
        appliedAt: row.appliedAt,
        purpose: row.purpose,
        state: certificateStateLabel(shown),
        tone: certificateStateTone(shown),
        openable: isOpenable(shown),
        revocable: isRevocable(shown),
      };
    }),
    count,
    size: ask.place.size,
    before,
    after,
  };
}

/** The doctor's own certificates, newest first (`screens.md D-13`). */
export const myCertificates = query({
  name: 'certificate.own',
  input: ownListInput,
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, place, ctx) =>
    ctx.actor.kind === 'doctor' ? await pageWith(tx, ctx, { personId: ctx.actor.personId, place }) : undefined,
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'certificate.listed', personIds: [ctx.actor.personId] } : undefined,
});

/** 証明書 of one member, issued by us (`screens.md O-08`). */
export const memberCertificates = query({
  name: 'certificate.ofMember',
  input: memberListInput,
  allow: (ctx) => (issuingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, { personId, ...place }, ctx): Promise<(CertificatePage & { personId: string; name: string }) | undefined> => {
    const office = issuingOffice(ctx.actor);
    const person = await knownPerson(tx, personId, ctx.today);
    if (office === undefined || person === undefined) return undefined;
    const page = await pageWith(tx, ctx, { personId, associationId: office.associationId, place });
    return { ...page, personId, name: person.name };
  },
  audit: (value) => ({ action: 'certificate.listed', target: value.personId, personIds: [value.personId] }),
});

export type OfficeCertificateLine = Pick<OfficeLine, 'id' | 'name' | 'kana' | 'appliedAt' | 'baseOn' | 'purpose'> & {
  number: string;
  state: string;
  tone: StateTone;
};

/** Tab 在籍証明書 of 申請管理 (`screens.md O-03, O-29`): what waits, oldest first, or everything, newest first. */
export const officeCertificates = query({
  name: 'certificate.ofOffice',
  input: officeListInput,
  allow: (ctx) => (issuingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  read: async (tx, { view, ...place }, ctx) => {
    const office = issuingOffice(ctx.actor);
    if (office === undefined) return undefined;
    const { found, count } = await listOfOffice(tx, { associationId: office.associationId, waiting: view === 'waiting', place });
    const { before, after, ...page } = pageOf(found, place, (row) => row.id);
    const rows = page.rows.map((row): OfficeCertificateLine & { personId: string } => ({
      id: row.id,
      personId: row.personId,
      name: row.name,
      kana: row.kana,
      appliedAt: row.appliedAt,
      baseOn: row.baseOn,
      purpose: row.purpose,
      number: row.number ?? '',
      state: certificateStateLabel(row.state),
      tone: certificateStateTone(row.state),
    }));
    return { view, rows, count, size: place.size, before, after };
  },
  audit: ({ rows }) =>
    rows.length === 0 ? undefined : { action: 'certificate.listed', personIds: [...new Set(rows.map((row) => row.personId))] },
});
