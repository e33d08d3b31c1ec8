import { defineFlow } from '#kernel/flow.ts';

/** The flow of one 計画停止 or 障害 (`screens.md P-07`): it stands until it is taken back; that it is over is a matter of the clock. */

export type ServiceState = 'announced' | 'withdrawn';
export type ServiceAction = 'end' | 'withdraw';

export const serviceFlow = defineFlow<ServiceState, ServiceAction>('service-notice', ['end', 'withdraw'], {
  announced: { end: 'announced', withdraw: 'withdrawn' },
  withdrawn: {},
});

/** Where one begins. */
export const firstServiceState: ServiceState = 'announced';

/** Told to everybody. */
export function isTold(state: ServiceState): boolean {
  return !serviceFlow.isFinal(state);
}
