/** What may become of a queued mail. Pure. */

const states = ['waiting', 'sent', 'failed', 'bounced', 'stopped'] as const;
export type DeliveryState = (typeof states)[number];

/** True for a state of the queue. */
export function isDeliveryState(text: string): text is DeliveryState {
  return states.some((state) => state === text);
}

/** News of a failure counts for a mail under way or handed over; one given up stays what it is. */
export function canBounce(state: string): boolean {
  return state === 'waiting' || state === 'sent';
}

/** 再送する: what ended without arriving. */
export function canResend(state: string): boolean {
  return state === 'failed' || state === 'bounced' || state === 'stopped';
}

/** 中止する: what has not left yet. */
export function canStop(state: string): boolean {
  return state === 'waiting';
}

/** 宛先 (P-08) as one who helps may read it: enough to recognise, too little to write to. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return '';
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}
