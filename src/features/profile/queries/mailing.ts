import { refuse } from '#kernel/refusal.ts';
import { type DoctorsMailing, mailingsOfDoctor } from '#features/own-list/queries/mailings-of-doctor.ts';
import type { Addressee } from '#features/membership/postal-label.ts';
import { loadProfileTarget, type ProfileTarget } from '#features/person/commands/change-profile.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { findMailing, listRefusing } from '../mailing.store.server.ts';
import { mailingLabels } from '../labels.ts';
import { mailingDefaults, type MailingChoice } from '../rules.ts';
import { workplacesOf, type Workplace } from './workplaces.ts';

export type MailingAround = {
  target: ProfileTarget;
  choice: MailingChoice;
  /** 0 while the defaults hold. */
  version: number;
  places: readonly Workplace[];
  /** Single mailings of his associations and where each goes. */
  mailings: readonly DoctorsMailing[];
  to: Addressee;
};

/** What a doctor has chosen, else the defaults, with everything that the label needs; undefined out of scope. */
export async function mailingAround(tx: ReadTransaction, personId: string, ctx: Context): Promise<MailingAround | undefined> {
  const target = await loadProfileTarget(tx, personId, ctx);
  if (target === undefined) return undefined;
  const { profile } = target.person;
  const row = await findMailing(tx, personId);
  return {
    target,
    choice: row ?? mailingDefaults,
    version: row?.version ?? 0,
    places: await workplacesOf(tx, personId, ctx.today),
    mailings: await mailingsOfDoctor(tx, personId, ctx.today),
    to: {
      ...profile,
      home: [`${target.words.prefecture(profile.prefectureCode)}${profile.addressLine}`, profile.building],
    },
  };
}

/** Of these doctors the ones who take mails of a kind; mails about one's own papers are not asked about (`screens.md D-04`). */
export async function takersOfMail(tx: ReadTransaction, personIds: readonly string[], kind: 'notices' | 'training'): Promise<string[]> {
  const refusing = new Set(await listRefusing(tx, personIds, kind));
  return personIds.filter((id) => !refusing.has(id));
}

/** 文書送付先(初期値) in a word, for a doctor's last look at his paper (`screens.md D-08`). */
export async function postalGoalOf(tx: ReadTransaction, personId: string): Promise<string> {
  const { sendTo } = (await findMailing(tx, personId)) ?? mailingDefaults;
  return sendTo === 'home' ? mailingLabels.home : mailingLabels.facility;
}

/** D-04: the doctor's own 送付物設定. */
export const ownMailing = query({
  name: 'profile.mailing',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'doctor' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => (ctx.actor.kind === 'doctor' ? await mailingAround(tx, ctx.actor.personId, ctx) : undefined),
  audit: (_value, _input, ctx) =>
    ctx.actor.kind === 'doctor' ? { action: 'profile.mailingViewed', personIds: [ctx.actor.personId] } : undefined,
});
