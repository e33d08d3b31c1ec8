/** 稼働状況 (`screens.md A-16`): what the readiness checks say, in one word. Pure. */

export type PartState = 'normal' | 'troubled' | 'stopped';

export type Checked = { database: boolean; mailWaitingSince: Date | undefined };

export type ServiceStatus = { overall: PartState; screens: PartState; mail: PartState; mailSince: Date | undefined };

/** Mails that wait longer than this are late. */
const lateMinutes = 15;

/** Without the database everything stands still; mails that do not go out are a trouble of a part. */
export function statusOfService({ database, mailWaitingSince }: Checked, now: Date): ServiceStatus {
  if (!database) return { overall: 'stopped', screens: 'stopped', mail: 'stopped', mailSince: undefined };
  const late = mailWaitingSince !== undefined && now.getTime() - mailWaitingSince.getTime() > lateMinutes * 60_000;
  return {
    overall: late ? 'troubled' : 'normal',
    screens: 'normal',
    mail: late ? 'troubled' : 'normal',
    mailSince: late ? mailWaitingSince : undefined,
  };
}
