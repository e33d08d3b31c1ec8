import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '#platform/context.ts';

/** Before the login nobody is anybody: what happens here is done by the system, and the audit says so. */
export function asEntrance(ctx: Context): Context {
  return { ...ctx, actor: { kind: 'system', name: 'entrance' } };
}

/** Answers come no sooner, so that their time does not say what was found. */
const floorMs = 300;

/** Does the work and answers after 0.3 seconds at the earliest. */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await work();
  await pause(Math.max(0, floorMs - (performance.now() - started)));
  return value;
}
