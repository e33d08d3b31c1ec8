import { idInput } from '#kernel/input.ts';
import type { MemberHead } from '#features/membership/queries/member-head.ts';
import { headOfMember } from '#features/membership/queries/member-head.ts';
import { actingOffice, memberOffice } from '#features/membership/queries/members.ts';
import type { DoctorsMailing } from '#features/own-list/queries/mailings-of-doctor.ts';
import { mailingsOfDoctor } from '#features/own-list/queries/mailings-of-doctor.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { findMailing } from '../mailing.store.server.ts';
import { mailingDefaults, type MailingChoice } from '../rules.ts';
import { workplacesOf, type Workplace } from './workplaces.ts';

export type MemberMailing = { head: MemberHead; choice: MailingChoice; places: readonly Workplace[]; mailings: readonly DoctorsMailing[] };

/** The tab 送付物 of 会員情報詳細 (`screens.md O-08`): D-04 as the doctor set it, for the mailings of the own association. */
export const memberMailing = query({
  name: 'profile.memberMailing',
  input: z.object({ id: idInput }),
  allow: memberOffice,
  read: async (tx, { id }, ctx): Promise<MemberMailing | undefined> => {
    const head = await headOfMember(tx, ctx, id);
    if (head === undefined) return undefined;
    const { associationId } = actingOffice(ctx);
    return {
      head,
      choice: (await findMailing(tx, id)) ?? mailingDefaults,
      places: await workplacesOf(tx, id, ctx.today),
      mailings: (await mailingsOfDoctor(tx, id, ctx.today)).filter((one) => one.associationId === associationId),
    };
  },
  audit: ({ head }) => ({ action: 'member.viewed', target: head.personId, personIds: [head.personId], detail: { mailings: true } }),
});
