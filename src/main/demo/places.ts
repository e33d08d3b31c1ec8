import type { Dice } from './random.ts';

/** Where the made-up people and facilities are: mostly at the associations that have a demo login. */

export type Town = { name: string; kana: string; postal: string };

/** Real neighbourhoods, so that addresses look right; house and telephone numbers are made up. */
const towns: Readonly<Record<number, { city: string; towns: readonly Town[] }>> = {
  27001: {
    city: '大阪市北区',
    towns: [
      { name: '梅田', kana: 'ウメダ', postal: '5300001' },
      { name: '中之島', kana: 'ナカノシマ', postal: '5300005' },
      { name: '天神橋', kana: 'テンジンバシ', postal: '5300041' },
      { name: '天満', kana: 'テンマ', postal: '5300043' },
      { name: '堂島', kana: 'ドウジマ', postal: '5300003' },
      { name: '曾根崎', kana: 'ソネザキ', postal: '5300057' },
      { name: '中津', kana: 'ナカツ', postal: '5310071' },
      { name: '豊崎', kana: 'トヨサキ', postal: '5310072' },
      { name: '南森町', kana: 'ミナミモリマチ', postal: '5300054' },
      { name: '扇町', kana: 'オウギマチ', postal: '5300025' },
      { name: '本庄', kana: 'ホンジョウ', postal: '5310074' },
      { name: '大淀', kana: 'オオヨド', postal: '5310077' },
    ],
  },
  13005: {
    city: '港区',
    towns: [
      { name: '六本木', kana: 'ロッポンギ', postal: '1060032' },
      { name: '赤坂', kana: 'アカサカ', postal: '1070052' },
      { name: '麻布十番', kana: 'アザブジュウバン', postal: '1060045' },
      { name: '芝', kana: 'シバ', postal: '1050014' },
      { name: '三田', kana: 'ミタ', postal: '1080073' },
      { name: '高輪', kana: 'タカナワ', postal: '1080074' },
      { name: '白金', kana: 'シロカネ', postal: '1080072' },
      { name: '新橋', kana: 'シンバシ', postal: '1050004' },
      { name: '虎ノ門', kana: 'トラノモン', postal: '1050001' },
      { name: '南青山', kana: 'ミナミアオヤマ', postal: '1070062' },
    ],
  },
  14501: {
    city: '横浜市青葉区',
    towns: [
      { name: 'あざみ野', kana: 'アザミノ', postal: '2250011' },
      { name: '青葉台', kana: 'アオバダイ', postal: '2270062' },
      { name: '藤が丘', kana: 'フジガオカ', postal: '2270043' },
      { name: '市ケ尾', kana: 'イチガオ', postal: '2250024' },
      { name: '江田', kana: 'エダ', postal: '2250014' },
      { name: '鴨志田', kana: 'カモシダ', postal: '2270033' },
      { name: '美しが丘', kana: 'ウツクシガオカ', postal: '2250002' },
      { name: '荏田西', kana: 'エダニシ', postal: '2250015' },
    ],
  },
};

const prefectures: Readonly<Record<string, string>> = { 27: '大阪府', 13: '東京都', 14: '神奈川県' };

export type District = {
  id: number;
  name: string;
  kana: string;
  prefectureCode: string;
  prefectureName: string;
  /** From the lowest association up to 日本医師会. */
  chain: readonly { id: number; layer: number; name: string }[];
};

export type Place = Town & { prefectureCode: string; address: string };

/** A street address in the area of an association. */
export function placeIn(district: District, dice: Dice): Place {
  const known = towns[district.id];
  const number = `${dice.from(1, 8)}-${dice.from(1, 20)}-${dice.from(1, 30)}`;
  if (known === undefined) {
    const city = district.name.replace(/医師会$/, '');
    const kana = district.kana.replace(/イシカイ$/, '');
    const address = `${district.prefectureName}${city}中央${number}`;
    return {
      name: city,
      kana,
      postal: `${district.prefectureCode}00${String(dice.from(1, 99)).padStart(3, '0')}`,
      prefectureCode: district.prefectureCode,
      address,
    };
  }
  const town = dice.pick(known.towns);
  const prefecture = prefectures[district.prefectureCode] ?? '';
  return { ...town, prefectureCode: district.prefectureCode, address: `${prefecture}${known.city}${town.name}${number}` };
}

const areas: Readonly<Record<string, string>> = { 13: '03-0000', 27: '06-0000', 14: '045-000' };

/** A telephone number that nobody has. */
export function telOf(prefectureCode: string, number: number): string {
  return `${areas[prefectureCode] ?? '0000-00'}-${String(number % 10_000).padStart(4, '0')}`;
}
