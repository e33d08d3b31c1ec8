/** Address labels of a list (`screens.md O-07`); pure. */

/** One address label: who is written to and where. */
export type SheetLabel = {
  postalCode: string;
  address: readonly string[];
  /** The workplace that the letter goes to; '' for a home. */
  place: string;
  /** With 様. */
  name: string;
};

/** Why nothing is printed for a row. */
export const labelOmissions = ['died', 'refused', 'outside', 'noAddress'] as const;
export type LabelOmission = (typeof labelOmissions)[number];
