import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById, codeList } from '#features/association/queries/directory.ts';
import { sealFile } from '#features/association/queries/info.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { decidePaper, loadGround } from './decide.ts';
import type { CertificatePaper } from '../documents/certificate.ts';
import { isOpenable, isRevocable, isSentBack, shownState } from '../flow.ts';
import type { StateTone } from '../labels.ts';
import { certificateStateLabel, certificateStateTone, codeText, deliveryLabels } from '../labels.ts';
import { certificateTexts as texts } from '../messages.ts';
import { issuingOffice, mayAnswerCertificate, maySeeCertificate } from '../policy.ts';
import { certificateIdInput } from '../schema.ts';
import type { Certificate } from '../store.server.ts';
import { findCertificate } from '../store.server.ts';
import { holdsFor } from './certificates.ts';
import { knownPerson } from './known.ts';
import type { Sheet } from './sheet.ts';
import { sheetOf } from './sheet.ts';

/** One certificate as its doctor and its office see it (`screens.md D-13, O-29`). */
export type CertificateView = {
  id: string;
  personId: string;
  name: string;
  number: string;
  code: string;
  association: string;
  state: string;
  tone: StateTone;
  /** The paper; of one that waits what would be printed today, undefined where that is nothing. */
  sheet: Sheet | undefined;
  wish: { baseOn: Day; purpose: string };
  appliedAt: Date;
  message: string;
  sentBack: boolean;
  /** A fact on the paper has been put right since. */
  corrected: boolean;
  revoked: { on: Day; byOffice: boolean; reason: string } | undefined;
  /** Of one that an office issued. */
  ground: { label: string; askedOn: Day; delivery: string } | undefined;
  checks: { count: number; last: Date } | undefined;
  may: { open: boolean; revoke: boolean; answer: boolean; again: boolean };
};

function readers(ctx: { actor: Actor }): true | Refused {
  return ctx.actor.kind === 'doctor' || issuingOffice(ctx.actor) !== undefined ? true : refuse('forbidden');
}

async function sheetFor(tx: ReadTransaction, ctx: Context, row: Certificate): Promise<Sheet | undefined> {
  if (row.paper !== null) return sheetOf(row.paper);
  const ground = await loadGround(tx, ctx, row);
  const decided = ground === undefined ? undefined : decidePaper(ctx, ground, row);
  return decided?.ok === true ? sheetOf(decided.value.paper) : undefined;
}

async function groundOf(tx: ReadTransaction, row: Certificate): Promise<CertificateView['ground']> {
  if (row.ground === null || row.askedOn === null) return undefined;
  const known = await codeList(tx, 'reason.proxy', row.askedOn);
  const label = known.find((one) => one.code === row.ground)?.label ?? row.ground;
  return { label, askedOn: row.askedOn, delivery: deliveryLabels[row.delivery] ?? row.delivery };
}

function revokedOf({ revokedAt, revokedByOffice, revokeReason }: Certificate): CertificateView['revoked'] {
  return revokedAt === null ? undefined : { on: dayOfInstant(revokedAt), byOffice: revokedByOffice === true, reason: revokeReason };
}

/** One certificate, for the doctor himself or the issuing office. */
export const certificate = query({
  name: 'certificate.one',
  input: certificateIdInput,
  allow: readers,
  read: async (tx, { id }, ctx): Promise<CertificateView | undefined> => {
    const row = await findCertificate(tx, id);
    if (row === undefined || !maySeeCertificate(ctx.actor, row)) return undefined;
    const person = await knownPerson(tx, row.personId, ctx.today);
    const shown = shownState(row.state, holdsFor(row, person));
    const [association] = await associationsById(tx, [row.associationId], ctx.today);
    return {
      id,
      personId: row.personId,
      name: person?.name ?? row.paper?.name ?? '',
      number: row.number ?? '',
      code: row.code === null ? '' : codeText(row.code),
      association: row.paper?.association.name ?? association?.name ?? '',
      state: certificateStateLabel(shown),
      tone: certificateStateTone(shown),
      sheet: await sheetFor(tx, ctx, row),
      wish: { baseOn: row.baseOn, purpose: row.purpose },
      appliedAt: row.appliedAt,
      message: row.answerMessage,
      sentBack: isSentBack(row.state),
      corrected: isRevocable(shown) && !isOpenable(shown),
      revoked: revokedOf(row),
      ground: await groundOf(tx, row),
      checks: row.checkedAt === null ? undefined : { count: row.checkCount, last: row.checkedAt },
      may: {
        open: isOpenable(shown),
        revoke: isRevocable(shown),
        answer: mayAnswerCertificate(ctx.actor, row),
        again: ctx.actor.kind === 'doctor' && isSentBack(row.state),
      },
    };
  },
  audit: (value) => ({ action: 'certificate.viewed', target: value.id, personIds: [value.personId] }),
});

/** Where anybody checks a paper; the QR code carries it with both entries. */
export function checkAddress(origin: string): string {
  return `${origin}/verify`;
}

export type PrintablePaper = {
  id: string;
  personId: string;
  number: string;
  paper: CertificatePaper;
  seal: { fileId: string; mediaType: string } | undefined;
};

/** The paper itself, for its PDF; only while everything on it still holds. */
export const certificatePaper = query({
  name: 'certificate.paper',
  input: certificateIdInput,
  allow: readers,
  read: async (tx, { id }, ctx): Promise<PrintablePaper | undefined> => {
    const row = await findCertificate(tx, id);
    if (row === undefined || row.paper === null || row.number === null || row.code === null || !maySeeCertificate(ctx.actor, row))
      return undefined;
    const person = await knownPerson(tx, row.personId, ctx.today);
    if (!isOpenable(shownState(row.state, holdsFor(row, person)))) return undefined;
    const address = checkAddress(ctx.site.origin);
    return {
      id,
      personId: row.personId,
      number: row.number,
      seal: row.paper.sealId === null ? undefined : await sealFile(tx, row.paper.sealId),
      paper: {
        ...sheetOf(row.paper),
        title: texts.title,
        number: row.number,
        code: codeText(row.code),
        address,
        link: `${address}/${row.code}?${new URLSearchParams({ number: row.number }).toString()}`,
        foot: texts.checkFoot,
      },
    };
  },
  audit: (value) => ({ action: 'certificate.printed', target: value.id, personIds: [value.personId], detail: { number: value.number } }),
});
