import type { Names } from './names.ts';
import type { District } from './places.ts';
import { placeIn, telOf } from './places.ts';
import { diceOf } from './random.ts';

/** Made-up facilities. */

export type FacilityKind = 'clinic' | 'hospital';

export type MadeFacility = {
  kind: FacilityKind;
  name: string;
  kana: string;
  postalCode: string;
  prefectureCode: string;
  address: string;
  tel: string;
  ownerType: string;
  beds: string;
  attached: string;
  associationId: number;
};

const specialities: readonly (readonly [string, string])[] = [
  ['内科', 'ナイカ'],
  ['内科', 'ナイカ'],
  ['小児科', 'ショウニカ'],
  ['整形外科', 'セイケイゲカ'],
  ['眼科', 'ガンカ'],
  ['耳鼻咽喉科', 'ジビインコウカ'],
  ['皮膚科', 'ヒフカ'],
  ['レディース', 'レディース'],
  ['心療内科', 'シンリョウナイカ'],
  ['循環器内科', 'ジュンカンキナイカ'],
  ['消化器内科', 'ショウカキナイカ'],
  ['泌尿器科', 'ヒニョウキカ'],
  ['脳神経', 'ノウシンケイ'],
];

const clinicWords: readonly (readonly [string, string])[] = [
  ['クリニック', 'クリニック'],
  ['医院', 'イイン'],
  ['診療所', 'シンリョウジョ'],
];
const hospitalWords: readonly (readonly [string, string])[] = [
  ['病院', 'ビョウイン'],
  ['総合病院', 'ソウゴウビョウイン'],
  ['中央病院', 'チュウオウビョウイン'],
  ['記念病院', 'キネンビョウイン'],
  ['リハビリテーション病院', 'リハビリテーションビョウイン'],
];

/** A made-up facility of a district; the same number gives the same one. */
export function makeFacility(district: District, number: number, names: Names): MadeFacility {
  const dice = diceOf(`facility ${district.id} ${number}`);
  const place = placeIn(district, dice);
  const surname = names.surname(dice);
  const isHospital = number % 8 === 0;
  const [word, wordKana] = dice.pick(isHospital ? hospitalWords : clinicWords);
  const [field, fieldKana] = isHospital || dice.chance(0.4) ? ['', ''] : dice.pick(specialities);
  const byPlace = isHospital ? dice.chance(0.6) : dice.chance(0.3);
  return {
    kind: isHospital ? 'hospital' : 'clinic',
    name: `${byPlace ? place.name : surname.kanji}${field}${word}`,
    kana: `${byPlace ? place.kana : surname.kana}${fieldKana}${wordKana}`,
    postalCode: place.postal,
    prefectureCode: place.prefectureCode,
    address: place.address,
    tel: telOf(place.prefectureCode, district.id * 7 + number),
    ownerType: isHospital ? dice.pick(['05', '05', '02', '04', '07']) : dice.pick(['05', '11', '11']),
    beds: isHospital ? String(dice.from(4, 60) * 10) : '',
    attached: isHospital && dice.chance(0.3) ? '訪問看護ステーション' : '',
    associationId: district.id,
  };
}
