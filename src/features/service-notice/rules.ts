import { formatInstant } from '#kernel/wareki.ts';
import type { ServiceKind, ServiceMode } from './fields.ts';
import type { ServiceState } from './flow.ts';
import { isTold } from './flow.ts';

/** What is told of 計画停止 and 障害 at an instant (`screens.md 1.1, A-16, P-07`). Pure. */

export type ServiceNotice = {
  kind: ServiceKind;
  startsAt: Date;
  endsAt: Date | null;
  mode: ServiceMode;
  impact: string;
  state: ServiceState;
};

export type ServicePhase = 'ahead' | 'running' | 'over' | 'withdrawn';

/** Where a notice stands at an instant. */
export function phaseAt(notice: Pick<ServiceNotice, 'startsAt' | 'endsAt' | 'state'>, now: Date): ServicePhase {
  if (!isTold(notice.state)) return 'withdrawn';
  if (notice.endsAt !== null && notice.endsAt <= now) return 'over';
  return notice.startsAt <= now ? 'running' : 'ahead';
}

const effects: Readonly<Record<ServiceMode, string>> = {
  stop: 'メンテナンスのためご利用いただけません。',
  readOnly: 'メンテナンスのため、閲覧だけご利用いただけます。申請や変更はできません。',
  part: 'メンテナンスのため、一部の機能をご利用いただけません。',
};

/** The sentence of the banner and of 稼働状況. */
export function sentenceOf({ kind, startsAt, endsAt, mode, impact }: ServiceNotice): string {
  const from = formatInstant(startsAt);
  if (kind === 'fault')
    return endsAt === null
      ? `${from}から障害が発生しています。${impact}`
      : `${from}から${formatInstant(endsAt)}まで、障害がありました。${impact}`;
  return `${from}から${endsAt === null ? '' : formatInstant(endsAt)}まで、${effects[mode]}`;
}

const dayMs = 86_400_000;

/** The one to tell on every page: what is going on, otherwise the next stop of the coming days. */
export function bannerOf<One extends ServiceNotice>(notices: readonly One[], now: Date, daysBefore: number): One | undefined {
  const near = (one: One) => one.startsAt.getTime() - now.getTime() <= daysBefore * dayMs;
  const told = notices.filter((one) => {
    const phase = phaseAt(one, now);
    return phase === 'running' || (phase === 'ahead' && near(one));
  });
  const order = (one: One) => (phaseAt(one, now) === 'running' ? 0 : 1);
  return told.toSorted((a, b) => order(a) - order(b) || a.startsAt.getTime() - b.startsAt.getTime())[0];
}
