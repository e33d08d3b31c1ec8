import { describe, expect, test } from 'vitest';
import { labelLines, labelOf, nameOnLabel } from './postal-label.ts';

const to = {
  surname: '日医',
  givenName: '花子',
  formerSurname: '髙橋',
  formerGivenName: '',
  postalCode: '5300001',
  home: ['大阪府大阪市北区梅田1-1', ''],
};
const place = (affiliationId: string, primary: boolean) => ({
  affiliationId,
  primary,
  name: `${affiliationId}病院`,
  postalCode: '5300002',
  address: '大阪府大阪市北区曽根崎2-2',
});

describe('宛名ラベル(rules.md 4.3)', () => {
  test('旧姓・旧名は本人が選んだときだけ使い、旧名が空欄なら旧姓のみを使う', () => {
    expect(nameOnLabel(to, true)).toBe('髙橋 花子');
    expect(nameOnLabel({ ...to, formerGivenName: '華子' }, true)).toBe('髙橋 華子');
    expect(nameOnLabel(to, false)).toBe('日医 花子');
    expect(nameOnLabel({ ...to, formerSurname: '' }, true)).toBe('日医 花子');
  });

  test('自宅あては住所だけ、所属施設あては施設名も。複数あれば選んだ施設、なければ主たる施設', () => {
    const home = labelOf({ sendTo: 'home', affiliationId: null }, { places: [], to, former: true });
    expect(home).toEqual({ postalCode: '〒530-0001', address: ['大阪府大阪市北区梅田1-1'], place: '', name: '髙橋 花子 様' });
    const places = [place('東', true), place('西', false)];
    const at = (affiliationId: string | null) => labelOf({ sendTo: 'facility', affiliationId }, { places, to, former: false });
    expect(at('西')?.place).toBe('西病院');
    for (const affiliationId of [null, '南']) expect(at(affiliationId)?.place).toBe('東病院');
    const label = at(null);
    expect(label === undefined ? [] : labelLines(label)).toEqual(['〒530-0002', '大阪府大阪市北区曽根崎2-2', '東病院', '日医 花子 様']);
  });

  test('住所がなければ宛名はない', () => {
    const choice = { sendTo: 'facility', affiliationId: null };
    expect(labelOf(choice, { places: [], to, former: false })).toBeUndefined();
    expect(labelOf(choice, { places: [{ ...place('東', true), address: '' }], to, former: false })).toBeUndefined();
    expect(labelOf({ sendTo: 'home', affiliationId: null }, { places: [], to: { ...to, home: ['', ''] }, former: false })).toBeUndefined();
  });
});
