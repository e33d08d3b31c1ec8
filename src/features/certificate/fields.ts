/** What a certificate may say besides the name (`screens.md D-13`), in the order of the paper. */
export const contentCodes = ['licence', 'birth', 'category', 'joined', 'facility', 'periods'] as const;

export type ContentCode = (typeof contentCodes)[number];

/** Ticked at the beginning. */
export const defaultContents: readonly ContentCode[] = ['licence', 'joined'];
