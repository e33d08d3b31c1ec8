/** What may become of a queued mail (`screens.md P-08`). Pure. */

export const deliveries = ['waiting', 'sent', 'again', 'undelivered', 'stopped'] as const;
export type Delivery = (typeof deliveries)[number];

/** 待ち, 送信済, 再送中, 不達, 中止 from the row of the queue. */
export function deliveryOf(row: { state: string; reason: string }): Delivery {
  if (row.state === 'waiting') return row.reason === '' ? 'waiting' : 'again';
  if (row.state === 'sent' || row.state === 'stopped') return row.state;
  return 'undelivered';
}

/** News of a failure counts for a mail under way or handed over; one given up stays what it is. */
export function canBounce(state: string): boolean {
  return state === 'waiting' || state === 'sent';
}

/** 再送する: what ended without arriving, while there is an address at all. */
export function canResend(mail: { state: string; to: string }): boolean {
  return mail.to !== '' && (mail.state === 'failed' || mail.state === 'bounced' || mail.state === 'stopped');
}

/** 中止する: what has not left yet. */
export function canStop(state: string): boolean {
  return state === 'waiting';
}

/** 宛先 as one who helps may read it: enough to recognise, too little to write to. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '' : `${address.slice(0, 1)}***${address.slice(at)}`;
}
