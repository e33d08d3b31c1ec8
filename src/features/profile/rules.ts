import type { ShownChange } from '#features/person/schema.ts';
import { mailingLabels } from './labels.ts';

/** 送付物設定 (`screens.md D-04`, `rules.md 4.3`): where things go, and what stands on the label. */

export type MailingChoice = {
  sendTo: string;
  affiliationId: string | null;
  faxTo: string;
  mailNotices: boolean;
  mailTraining: boolean;
};

/** 「※文書送付先の初期値は「所属施設」です。」 */
export const mailingDefaults: MailingChoice = {
  sendTo: 'facility',
  affiliationId: null,
  faxTo: 'none',
  mailNotices: true,
  mailTraining: true,
};

export type Place = { affiliationId: string; name: string; postalCode: string; address: string; primary: boolean };

export type Addressee = {
  surname: string;
  givenName: string;
  formerSurname: string;
  formerGivenName: string;
  postalCode: string;
  home: readonly string[];
};

/** The workplace that a choice means: the named one, else the 主たる one; undefined when there is none. */
export function chosenPlace<P extends { affiliationId: string; primary: boolean }>(
  places: readonly P[],
  affiliationId: string | null,
): P | undefined {
  return places.find((place) => place.affiliationId === affiliationId) ?? places.find((place) => place.primary) ?? places[0];
}

const post = (code: string) => (/^\d{7}$/.test(code) ? `〒${code.slice(0, 3)}-${code.slice(3)}` : '');

/** 宛名: with 旧姓・旧名 where asked; an empty 旧名 uses the present 名. */
export function nameOnLabel(to: Pick<Addressee, 'surname' | 'givenName' | 'formerSurname' | 'formerGivenName'>, former: boolean): string {
  if (!former || to.formerSurname === '') return `${to.surname} ${to.givenName}`;
  return `${to.formerSurname} ${to.formerGivenName === '' ? to.givenName : to.formerGivenName}`;
}

/** The lines of one address label; undefined where there is no address to write to. */
export function labelLines(
  choice: Pick<MailingChoice, 'sendTo' | 'affiliationId'>,
  around: { places: readonly Place[]; to: Addressee; former: boolean },
): string[] | undefined {
  const { places, to, former } = around;
  const name = `${nameOnLabel(to, former)} ${mailingLabels.honorific}`;
  if (choice.sendTo === 'home') return [post(to.postalCode), ...to.home, name].filter((line) => line !== '');
  const place = chosenPlace(places, choice.affiliationId);
  if (place === undefined || place.name === '') return undefined;
  return [post(place.postalCode), place.address, place.name, name].filter((line) => line !== '');
}

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
