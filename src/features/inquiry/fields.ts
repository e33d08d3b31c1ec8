/** お問合せの種類 in the order of `screens.md A-15`. */
export const inquiryKinds = [
  'operation',
  'login',
  'memberInfo',
  'joining',
  'fee',
  'lifelong',
  'familyDoctor',
  'occupational',
  'liability',
  'pension',
  'application',
  'other',
] as const;

export type InquiryKind = (typeof inquiryKinds)[number];

/** 担当課 of the JMA (`rules.md 8.4`). */
export const deskSections = [
  'memberInfo',
  'generalAffairs',
  'accounting',
  'lifelong',
  'longTermCare',
  'health1',
  'liability',
  'pension',
] as const;

export type DeskSection = (typeof deskSections)[number];

/** Files on one message. */
export const mostFiles = 3;
/** Characters of 件名, which is the first line of what was asked. */
export const subjectLength = 40;
