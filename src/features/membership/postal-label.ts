import type { SheetLabel } from '#platform/sheet/address-label.ts';
import { honorific } from './labels.ts';

/** Where a doctor's mail goes and what stands on its label (`screens.md D-04, O-07`, `rules.md 4.3`). Pure. */

export type Place = { affiliationId: string; name: string; postalCode: string; address: string; primary: boolean };

export type Addressee = {
  surname: string;
  givenName: string;
  formerSurname: string;
  formerGivenName: string;
  postalCode: string;
  /** 都道府県・市区町村番地, then 建物. */
  home: readonly string[];
};

export type PostalChoice = { sendTo: string; affiliationId: string | null };

/** 「※文書送付先の初期値は「所属施設」です。」 */
export const defaultPostalChoice: PostalChoice = { sendTo: 'facility', affiliationId: null };

/** The workplace that a choice means: the named one, else the 主たる one; undefined when there is none. */
export function chosenPlace<P extends { affiliationId: string; primary: boolean }>(
  among: readonly P[],
  affiliationId: string | null,
): P | undefined {
  return among.find((place) => place.affiliationId === affiliationId) ?? among.find((place) => place.primary) ?? among[0];
}

const post = (code: string) => (/^\d{7}$/.test(code) ? `〒${code.slice(0, 3)}-${code.slice(3)}` : '');

/** 宛名: with 旧姓・旧名 where asked; an empty 旧名 uses the present 名. */
export function nameOnLabel(to: Pick<Addressee, 'surname' | 'givenName' | 'formerSurname' | 'formerGivenName'>, former: boolean): string {
  if (!former || to.formerSurname === '') return `${to.surname} ${to.givenName}`;
  return `${to.formerSurname} ${to.formerGivenName === '' ? to.givenName : to.formerGivenName}`;
}

/** One address label; undefined where there is no address to write to. */
export function labelOf(
  choice: PostalChoice,
  around: { places: readonly Place[]; to: Addressee; former: boolean },
): SheetLabel | undefined {
  const { to, former } = around;
  const name = `${nameOnLabel(to, former)} ${honorific}`;
  if (choice.sendTo === 'home') {
    const address = to.home.filter((line) => line !== '');
    return address.length === 0 ? undefined : { postalCode: post(to.postalCode), address, place: '', name };
  }
  const place = chosenPlace(around.places, choice.affiliationId);
  if (place === undefined || place.name === '' || place.address === '') return undefined;
  return { postalCode: post(place.postalCode), address: [place.address], place: place.name, name };
}

/** The lines of a label as they are read. */
export function labelLines({ postalCode, address, place, name }: SheetLabel): string[] {
  return [postalCode, ...address, place, name].filter((line) => line !== '');
}
