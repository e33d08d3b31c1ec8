/** The same idempotency key came with another input (`rules.md 3.11`). */
export const keyUsedOtherwise = '同じ要求番号が別の内容で使われています。画面を開き直して、もう一度お試しください。';
