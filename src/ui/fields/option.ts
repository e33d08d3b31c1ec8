/** One choice of a select, radio or check box list. */
export type Option = {
  value: string;
  label: string;
  /** A plain sentence under the label (not shown in a select). */
  note?: string | undefined;
  disabled?: boolean | undefined;
};
