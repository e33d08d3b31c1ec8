/** Which mails of the office somebody gets, and how (`screens.md O-27`). Pure. */

export const mailKinds = ['arrived', 'resubmitted', 'confirm', 'ended', 'message'] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailChoices = ['each', 'daily', 'none'] as const;
export type MailChoice = (typeof mailChoices)[number];

export type MailChoices = Readonly<Record<MailKind, MailChoice>>;

const kinds: Readonly<Record<string, MailKind>> = {
  'M-40': 'arrived',
  'M-42': 'resubmitted',
  'M-43': 'confirm',
  'M-16': 'ended',
  'M-45': 'ended',
  'M-17': 'message',
};

/** The choice that a mail obeys; mails that ask for an act by a day obey none and always come. */
export function kindOfMail(template: string): MailKind | undefined {
  return kinds[template];
}

/** A stored choice; what is no choice is 都度, so that nothing is lost. */
export function choiceOf(text: string | null): MailChoice {
  return mailChoices.find((choice) => choice === text) ?? 'each';
}

type Reader = { accountId: string; mail: string; choice: MailChoice };

/** Readers with one address in common get one mail, in the way that brings it soonest. */
export function oncePerAddress(readers: readonly Reader[]): Reader[] {
  const found = new Map<string, Reader>();
  for (const reader of readers) {
    const known = found.get(reader.mail);
    if (known === undefined || mailChoices.indexOf(reader.choice) < mailChoices.indexOf(known.choice)) found.set(reader.mail, reader);
  }
  return [...found.values()];
}
