import type { Day } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { dateNames, wishName } from '../date-rules.ts';
import { shownDayOf } from '../effects.ts';
import { applicationWord, paperName } from '../labels.ts';
import { isDecided } from '../flow.ts';
import { transferForm } from '../forms.ts';
import { completedNotes, texts, whatStays } from '../messages.ts';
import { readGround } from '../queries/filer.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { loadCase } from '../store.server.ts';
import type { CaseFacts } from './texts.ts';

/** What every mail about a case is written from. */
export type MailCase = {
  target: Case;
  steps: CaseStep[];
  doctor: { mail: string; facts: CaseFacts } | undefined;
  office: (associationId: number) => { name: string; contact: string };
  /** 代理申請の根拠, in words; undefined for a paper of the doctor himself. */
  ground: string | undefined;
  link: string;
  /** Where the doctor issues 在籍証明書 to himself. */
  certificates: string;
};

/** Loads a case for its mails; `doctor` is missing when there is nobody to write to. */
export async function mailCase(
  tx: ReadTransaction,
  ctx: Context,
  about: { applicationId: string; origin: string },
): Promise<MailCase | undefined> {
  const target = await loadCase(tx, ctx.actor, about.applicationId);
  if (target === undefined || target.number === null) return undefined;
  const person = await mailTargetOf(tx, target.personId);
  const offices = await associationsById(
    tx,
    [...target.steps.map((step) => step.associationId), ...(target.proxyAssociationId === null ? [] : [target.proxyAssociationId])],
    ctx.today,
  );
  const facts = {
    number: target.number,
    paper: paperName(target.kind),
    kindWord: applicationWord(target.kind),
    wishName: wishName(target.kind),
  };
  return {
    target,
    steps: target.steps,
    doctor:
      person === undefined
        ? undefined
        : { mail: person.mail, facts: { ...facts, name: person.name, link: `${about.origin}/my/applications/${target.id}` } },
    office: (associationId) => {
      const row = offices.find((one) => one.id === associationId);
      return {
        name: row?.name ?? '',
        contact: [row?.tel, row?.mail].filter((text) => text !== null && text !== undefined && text !== '').join(' / '),
      };
    },
    ground: (await readGround(tx, ctx, target))?.[0]?.lines.join('、'),
    link: `${about.origin}/office/applications/${target.id}`,
    certificates: `${about.origin}/my/membership-certificates`,
  };
}

/** Decided dates per office, lowest first, each as its own side calls it. */
export function decidedDates(found: MailCase): { office: string; dateName: string; decidedOn: Day }[] {
  return found.steps.flatMap((step) => {
    const decidedOn = shownDayOf(found.target.kind, found.steps, step);
    return decidedOn === null ? [] : [{ office: found.office(step.associationId).name, dateName: dateNames[step.leg], decidedOn }];
  });
}

/** Where a certificate can be had, for those who are members by this case (M-13). */
export function certificatesOf({ target, certificates }: MailCase): string | undefined {
  return target.kind === 'join' || target.kind === 'transfer' ? certificates : undefined;
}

/** What of a case stands although an office has said no (M-15): a 異動 takes effect as a whole, the other kinds office by office. */
export function whatStaysOf({ target, steps }: Pick<MailCase, 'target' | 'steps'>): readonly string[] {
  return whatStays[target.kind][steps.some((step) => isDecided(step.state)) ? 'decided' : 'undecided'];
}

/** What M-13 adds to the dates of a case. */
export function completedNotesOf({ kind, form }: Case): readonly string[] {
  const apart = kind === 'transfer' && transferForm.safeParse(form).data?.leaveApart === true;
  return [...completedNotes[kind], ...(apart ? [texts.leaveApart] : [])];
}
