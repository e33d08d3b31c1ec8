/** Codes of 計画停止 and 障害 (`screens.md P-07`). */
export const serviceKinds = ['maintenance', 'fault'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

export const serviceModes = ['stop', 'readOnly', 'part'] as const;
export type ServiceMode = (typeof serviceModes)[number];
