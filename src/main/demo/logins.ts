import type { OfficeActor, StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { issueInitialLogin } from '#features/entrance/commands/issue-initial-login.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { run } from '#platform/command/command.ts';
import type { Surroundings } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { hashPassword } from '#platform/password/password.ts';
import { as, must, officeActor, system } from './acting.ts';

/** The accounts with which one can look around; their password is public. */

export const demoPassword = 'Mamis2026!';

type StaffLogin = { loginId: string; associationId: number | null; role: StaffRole; name: readonly [string, string, string, string] };

const staffLogins: readonly StaffLogin[] = [
  { loginId: 'demo-jma-admin', associationId: 0, role: 'admin', name: ['日下部', '恵子', 'クサカベ', 'ケイコ'] },
  { loginId: 'demo-osaka-admin', associationId: 27000, role: 'admin', name: ['難波', '由美', 'ナンバ', 'ユミ'] },
  { loginId: 'demo-kita-admin', associationId: 27001, role: 'admin', name: ['北村', '和子', 'キタムラ', 'カズコ'] },
  { loginId: 'demo-kita-clerk', associationId: 27001, role: 'clerk', name: ['髙橋', '直樹', 'タカハシ', 'ナオキ'] },
  { loginId: 'demo-tokyo-admin', associationId: 13000, role: 'admin', name: ['武藏', '裕子', 'ムサシ', 'ユウコ'] },
  { loginId: 'demo-minato-admin', associationId: 13005, role: 'admin', name: ['芝﨑', '美穂', 'シバサキ', 'ミホ'] },
  { loginId: 'demo-kanagawa-admin', associationId: 14000, role: 'admin', name: ['相模', '健一', 'サガミ', 'ケンイチ'] },
  { loginId: 'demo-yokohama-admin', associationId: 14001, role: 'admin', name: ['関内', '明美', 'カンナイ', 'アケミ'] },
  { loginId: 'demo-aoba-admin', associationId: 14501, role: 'admin', name: ['青葉', '典子', 'アオバ', 'ノリコ'] },
  { loginId: 'demo-operations', associationId: null, role: 'admin', name: ['運天', '誠', 'ウンテン', 'マコト'] },
];

export const doctorLogins = ['demo-doctor-1', 'demo-doctor-2', 'demo-doctor-3', 'demo-doctor-4', 'demo-doctor-5'] as const;

/** The last of them logs in for the first time, and is asked for this. */
export const migratedBirth = '1975-05-05';

type NewLogin = { loginId: string; kind: 'doctor' | 'staff'; displayName: string };

async function findAccount(surroundings: Surroundings, loginId: string): Promise<string | undefined> {
  const found = await surroundings.database.system.query<{ id: string }>('SELECT id FROM account WHERE lower(login_id) = $1', [loginId]);
  return found.rows[0]?.id;
}

/** The account of a login, made when it is missing. */
export async function accountOf(surroundings: Surroundings, login: NewLogin, at: Date): Promise<string> {
  const known = await findAccount(surroundings, login.loginId);
  if (known !== undefined) return known;
  const passwordHash = must(await hashPassword(demoPassword));
  const account = { ...login, passwordHash, mail: `${login.loginId}@demo.example.jp` };
  return must(await run(addAccount, as(surroundings, system, at), account)).accountId;
}

/** The initial login of a doctor who was migrated, with the password of the demo; whoever has one already keeps it. */
export async function giveInitialLogin(
  surroundings: Surroundings,
  { personId, loginId, at }: { personId: string; loginId: string; at: Date },
): Promise<void> {
  if ((await findAccount(surroundings, loginId)) !== undefined) return;
  must(await issueInitialLogin(as(surroundings, system, at), personId, { login: { loginId, password: demoPassword } }));
}

/** Creates the office logins; the actors of the offices by association, the first login of each. */
export async function createStaff(surroundings: Surroundings, today: Day): Promise<Map<number, OfficeActor>> {
  const at = startOfDay(today);
  const ctx = as(surroundings, system, at);
  const offices = await readTransaction(ctx, (tx) =>
    associationsById(
      tx,
      staffLogins.flatMap((login) => login.associationId ?? []),
      today,
    ),
  );
  const actors = new Map<number, OfficeActor>();
  for (const login of staffLogins) {
    const [surname, givenName, surnameKana, givenNameKana] = login.name;
    const accountId = await accountOf(surroundings, { loginId: login.loginId, kind: 'staff', displayName: `${surname} ${givenName}` }, at);
    const { staffId } = must(
      await run(
        createStaffMember,
        ctx,
        {
          surname,
          givenName,
          surnameKana,
          givenNameKana,
          accountId,
          associationId: login.associationId,
          role: login.role,
          validUntil: addDays(today, 365),
        },
        `demo staff ${login.loginId}`,
      ),
    );
    const office = offices.find((row) => row.id === login.associationId);
    if (office !== undefined && !actors.has(office.id)) {
      actors.set(office.id, { ...officeActor(office, { accountId, name: `${surname} ${givenName}`, role: login.role }), staffId });
    }
  }
  return actors;
}
