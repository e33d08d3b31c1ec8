import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listCodes } from '../store.server.ts';

/** Which list of `reasons.csv`: return, reject, cancel, transfer, change, withdrawal, withdrawal_cancel, correction, proxy, export_purpose. */
export type ReasonUse =
  | 'return'
  | 'reject'
  | 'cancel'
  | 'transfer'
  | 'change'
  | 'withdrawal'
  | 'withdrawal_cancel'
  | 'correction'
  | 'proxy'
  | 'export_purpose';

/** Grounds of 代理申請 that are no request of the doctor: 死亡 and 所在不明 end memberships, and do nothing else (`screens.md O-09 … O-11`). */
export const groundsWithoutRequest: readonly string[] = ['P11', 'P12'];

const reasonDetail = z
  .object({ requires_text: z.string(), selectable_by: z.string() })
  .catch({ requires_text: 'no', selectable_by: 'office' });

/** Who chooses: some reasons are an office's alone. */
type ReasonChooser = 'doctor' | 'office';

/** The chooser behind an actor. */
export function chooserOf(actor: Pick<Actor, 'kind'>): ReasonChooser {
  return actor.kind === 'doctor' ? 'doctor' : 'office';
}

/** One line of a list as it is offered. */
type Reason = { code: string; label: string; needsText: boolean };

/** The reasons of a list in use on a day that somebody may choose (`selectable_by`), and which of them want words (`requires_text`). */
export async function reasonsFor(tx: ReadTransaction, ask: { use: ReasonUse; on: Day; by: ReasonChooser }): Promise<Reason[]> {
  return (await listCodes(tx, [`reason.${ask.use}`], ask.on)).flatMap(({ code, label, detail }) => {
    const { requires_text: text, selectable_by: by } = reasonDetail.parse(detail);
    return ask.by === 'doctor' && by === 'office' ? [] : [{ code, label, needsText: text === 'yes' }];
  });
}

/** What the list says of chosen codes: all of them may be chosen; one of them wants words besides. */
export async function chosenReasons(
  tx: ReadTransaction,
  ask: { use: ReasonUse; codes: readonly string[]; on: Day; by: ReasonChooser },
): Promise<{ known: boolean; needText: boolean }> {
  const offered = await reasonsFor(tx, ask);
  const chosen = ask.codes.map((code) => offered.find((row) => row.code === code));
  return { known: chosen.every((row) => row !== undefined), needText: chosen.some((row) => row?.needsText === true) };
}

/** True when every code is one of the list, in use on the day and open to an office. */
export async function reasonExists(tx: ReadTransaction, ask: { use: ReasonUse; codes: readonly string[]; on: Day }): Promise<boolean> {
  return (await chosenReasons(tx, { ...ask, by: 'office' })).known;
}
