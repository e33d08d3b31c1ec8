import { defineFlow } from '#kernel/flow.ts';

/** The flow of one 在籍証明書 (`screens.md D-13, O-29`). That a fact was corrected later is no state of its own: `shownState`. */

export type CertificateState = 'requested' | 'returned' | 'issued' | 'revoked';
type CertificateAction = 'issue' | 'return' | 'revoke';

export const certificateFlow = defineFlow<CertificateState, CertificateAction>('certificate', ['issue', 'return', 'revoke'], {
  requested: { issue: 'issued', return: 'returned' },
  returned: {},
  issued: { revoke: 'revoked' },
  revoked: {},
});

/** Where a certificate begins: issued at once, or asked for. */
export function firstState(atOnce: boolean): CertificateState {
  return atOnce ? 'issued' : 'requested';
}

/** The office has it before it. */
export function awaitsOffice(state: CertificateState): boolean {
  return state === 'requested';
}

/** There is a paper that says something still. */
export function isInForce(state: CertificateState): boolean {
  return state === 'issued';
}

/** The office sent it back to the doctor. */
export function isSentBack(state: CertificateState): boolean {
  return state === 'returned';
}

/** What lists show: an issued one whose facts have been put right since is 訂正あり. */
export type ShownState = CertificateState | 'corrected';

/** The state with what the ledger has learnt since the paper was printed. */
export function shownState(state: CertificateState, holds: boolean): ShownState {
  return isInForce(state) && !holds ? 'corrected' : state;
}

/** The paper can be opened: it is in force and every fact on it still holds. */
export function isOpenable(shown: ShownState): boolean {
  return shown === 'issued';
}

/** Somebody may end it: also one whose facts are no longer right. */
export function isRevocable(shown: ShownState): boolean {
  return shown === 'issued' || shown === 'corrected';
}
