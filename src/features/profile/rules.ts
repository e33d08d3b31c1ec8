import type { ShownChange } from '#features/person/schema.ts';
import type { Place, PostalChoice } from '#features/membership/postal-label.ts';
import { chosenPlace, defaultPostalChoice } from '#features/membership/postal-label.ts';
import { mailingLabels } from './labels.ts';

/** 送付物設定 (`screens.md D-04`, `rules.md 4.3`): where things go. */

export type MailingChoice = PostalChoice & {
  faxTo: string;
  mailNotices: boolean;
  mailTraining: boolean;
};

/** What holds until a doctor has chosen. */
export const mailingDefaults: MailingChoice = {
  ...defaultPostalChoice,
  faxTo: 'none',
  mailNotices: true,
  mailTraining: true,
};

function inWords(choice: MailingChoice, places: readonly Place[]): string[] {
  const place = chosenPlace(places, choice.affiliationId)?.name ?? '';
  const facility = place === '' ? mailingLabels.facility : `${mailingLabels.facility}(${place})`;
  const mails = [choice.mailNotices ? mailingLabels.notices : '', choice.mailTraining ? mailingLabels.training : ''];
  return [
    choice.sendTo === 'home' ? mailingLabels.home : facility,
    mailingLabels.faxOf[choice.faxTo] ?? '',
    mails.filter((one) => one !== '').join('、'),
  ];
}

/** What differs between two choices, in the words of the page. */
export function mailingChanges(before: MailingChoice, after: MailingChoice, places: readonly Place[]): ShownChange[] {
  const [old, now] = [inWords(before, places), inWords(after, places)];
  return mailingLabels.rows.flatMap(({ key, label }, row) => {
    const line = { block: 'mailing', key, label, before: old[row] ?? '', after: now[row] ?? '' };
    return line.before === line.after ? [] : [line];
  });
}

/** Where single mailings go has changed. Each office sees its own in O-08; which associations there are is nobody else's business. */
export function wishChange(count: number): ShownChange[] {
  if (count === 0) return [];
  return [{ block: 'mailing', key: 'mailingChoices', label: mailingLabels.single, before: '', after: mailingLabels.singleChanged }];
}

/** What an office changes only with a paper before it (`screens.md O-09`). */
export const paperFields = ['surname', 'givenName', 'surnameKana', 'givenNameKana'] as const;

/** What tells one doctor from another: paper and a second person (P-06), not here. */
export const fixedFields = ['licenceNumber', 'licensedOn', 'birthOn'] as const;

/** 証拠書類 of one change. */
export const mostPapers = 3;
