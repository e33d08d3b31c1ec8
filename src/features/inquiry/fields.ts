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

/** What nobody asks but a completed transfer brings to two desks (`rules.md 6`, `screens.md P-05`). */
export const taskKind = 'transferCheck';

/** Kinds that the desk of the JMA and of 運営事務局 may have before it. */
export const deskKinds = [...inquiryKinds, taskKind] as const;

export type InquiryKind = (typeof deskKinds)[number];

/** Desks that look at every transfer of a member of the JMA. */
export const transferDesks = ['liability', 'pension'] as const;

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
