/** The name of a file whose own name has nothing that may be kept. */
export const namelessFile = '書類';
