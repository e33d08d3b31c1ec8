/** 稼働状況 (`screens.md A-16`): what the readiness checks say, in one word. Pure. */

export type PartState = 'normal' | 'troubled' | 'stopped';

/** What 運営事務局 has told of 計画停止 and 障害. */
type Told = { kind: string; mode: string; phase: string };

export type Checked = { database: boolean; mailWaitingSince: Date | undefined; told: readonly Told[] };

export type ServiceStatus = { overall: PartState; screens: PartState; mail: PartState; mailSince: Date | undefined };

/** Mails that wait longer than this are late. */
const lateMinutes = 15;

/** A stop or fault that is told counts as told; without the database everything stands still; mails that do not go out are a trouble of a part. */
export function statusOfService({ database, mailWaitingSince, told }: Checked, now: Date): ServiceStatus {
  if (!database) return { overall: 'stopped', screens: 'stopped', mail: 'stopped', mailSince: undefined };
  const late = mailWaitingSince !== undefined && now.getTime() - mailWaitingSince.getTime() > lateMinutes * 60_000;
  const running = told.filter((one) => one.phase === 'running');
  const screens = running.some((one) => one.mode === 'stop') ? 'stopped' : running.length > 0 ? 'troubled' : 'normal';
  return {
    overall: screens === 'normal' && late ? 'troubled' : screens,
    screens,
    mail: late ? 'troubled' : 'normal',
    mailSince: late ? mailWaitingSince : undefined,
  };
}
