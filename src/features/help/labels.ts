import type { PartState } from './rules.ts';

/** Words of 稼働状況. */
export const partLabels: Readonly<Record<PartState, string>> = { normal: '正常', troubled: '一部に障害', stopped: '停止中' };

export const partTones = { normal: 'success', troubled: 'warn', stopped: 'danger' } as const satisfies Record<PartState, string>;
