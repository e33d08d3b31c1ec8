import type { ServiceKind, ServiceMode } from './fields.ts';
import type { ServicePhase } from './rules.ts';

/** Words of P-07 and of what it puts on 稼働状況. */

export const kindLabels: Readonly<Record<ServiceKind, string>> = { maintenance: 'メンテナンス', fault: '障害' };

export const modeLabels: Readonly<Record<ServiceMode, string>> = {
  stop: '停止(ご利用いただけません)',
  readOnly: '読み取りのみ(閲覧だけできます)',
  part: '一部の機能が使えません',
};

export const phaseLabels: Readonly<Record<ServicePhase, string>> = { ahead: '予定', running: '継続中', over: '終了', withdrawn: '取消' };

export const phaseTones = { ahead: 'info', running: 'warn', over: 'neutral', withdrawn: 'neutral' } as const satisfies Record<
  ServicePhase,
  string
>;
