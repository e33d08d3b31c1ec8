import { defineFlow } from '#kernel/flow.ts';

/** The flow of a question that a desk added to よくある質問. */

export type FaqState = 'shown' | 'withdrawn';

export const faqFlow = defineFlow<FaqState, 'withdraw'>('faq-entry', ['withdraw'], { shown: { withdraw: 'withdrawn' }, withdrawn: {} });

/** Where one begins. */
export const firstFaqState: FaqState = 'shown';
