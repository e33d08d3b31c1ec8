import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import type { World } from './world.ts';

/** A スタッフ of an association who gets the mails of the office. */
export async function staffWithMail(world: World, associationId: number, mail: string): Promise<OfficeActor> {
  return await staffOf(world, { associationId, role: 'clerk', mail });
}

/** A 管理者 of an association with a mail address. */
export async function adminWithMail(world: World, associationId: number, mail: string): Promise<OfficeActor> {
  return await staffOf(world, { associationId, role: 'admin', mail });
}

type Wanted = { associationId: number; role: 'admin' | 'clerk'; mail: string };

async function staffOf(world: World, { associationId, role, mail }: Wanted): Promise<OfficeActor> {
  const { accountId } = must(
    await run(addAccount, world.as(system), {
      loginId: `staff-${newId()}`.slice(0, 32),
      passwordHash: '$argon2id$nobody-knows',
      kind: 'staff',
      displayName: '事務局 花子',
      mail,
    }),
  );
  must(
    await run(createStaffMember, world.as(system), {
      accountId,
      associationId,
      role,
      surname: '事務局',
      givenName: '花子',
      surnameKana: 'ジムキョク',
      givenNameKana: 'ハナコ',
      validUntil: '2099-03-31',
    }),
  );
  return { ...officeActor({ id: associationId, name: '', layer: 3 }, { role }), accountId };
}

export type SentMail = { template: string; to: string; subject: string; body: string };

/** Mails in the queue with one of the given numbers, in order. */
export async function mailsOf(world: World, ...templates: readonly string[]): Promise<SentMail[]> {
  const found = await world.database.system.query<SentMail>(
    'SELECT template, to_address AS "to", subject, body FROM mail_message WHERE template = ANY ($1) ORDER BY id',
    [templates],
  );
  return found.rows;
}
