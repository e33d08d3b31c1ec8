import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { writeToOffice } from '#features/staff/commands/office-mail.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import type { MailText } from './mails/texts.ts';
import { issuedMail, requestedMail, returnedMail, revokedMail } from './mails/texts.ts';
import type { Certificate } from './store.server.ts';
import { findCertificate } from './store.server.ts';

type Work = (tx: WriteTransaction, row: Certificate) => Promise<void>;

async function about(ctx: Context, payload: EventPayload, work: Work): Promise<void> {
  const { certificateId } = payload;
  if (typeof certificateId !== 'string') throw new JobError('a certificate without its id');
  await writeTransaction(ctx, async (tx) => {
    const row = await findCertificate(tx, certificateId);
    if (row === undefined) throw new JobError('a certificate that is not there');
    await work(tx, row);
    return { value: undefined, commit: true };
  });
}

type Writing = {
  template: 'M-26' | 'M-14' | 'M-56';
  row: Certificate;
  text: (facts: { name: string; office: string; link: string }) => MailText;
};

async function mailDoctor(ctx: Context, tx: WriteTransaction, { template, row, text }: Writing): Promise<void> {
  const to = await mailTargetOf(tx, row.personId);
  if (to === undefined) return;
  const [association] = await associationsById(tx, [row.associationId], ctx.today);
  const link = `${ctx.site.origin}/my/membership-certificates/${row.id}`;
  const facts = { name: to.name, office: row.paper?.association.name ?? association?.name ?? '', link };
  await queueMail(tx, { template, dedupeKey: `${template}:certificate:${row.id}`, to: to.mail, personId: row.personId, ...text(facts) });
}

async function mailOffice(ctx: Context, tx: WriteTransaction, row: Certificate): Promise<void> {
  const text = requestedMail(`${ctx.site.origin}/office/applications/certificates/${row.id}`);
  await writeToOffice(tx, ctx, {
    associationId: row.associationId,
    template: 'M-40',
    key: `certificate:${row.id}`,
    ...text,
  });
}

/** What follows a 在籍証明書: M-26 to the doctor, M-40 to the office that is asked, M-14 when it sends back, M-56 when it ends one (`screens.md 8`). */
export const certificateReactions: Reactions = {
  'certificate.issued': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => {
      await mailDoctor(ctx, tx, { template: 'M-26', row, text: (facts) => issuedMail(facts, row.delivery === 'print') });
    }),
  'certificate.returned': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => await mailDoctor(ctx, tx, { template: 'M-14', row, text: returnedMail })),
  'certificate.revoked': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => await mailDoctor(ctx, tx, { template: 'M-56', row, text: revokedMail })),
  'certificate.requested': async (ctx, payload) => await about(ctx, payload, async (tx, row) => await mailOffice(ctx, tx, row)),
};
