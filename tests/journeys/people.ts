/** The persons of the journeys; made by `fill.ts` through commands. Every password is the same. */

export const password = 'Journey2026!';

/** Offices by short name; the 管理者 of each has the login ID `office-<name>`. */
export const offices = {
  jma: { id: 0, label: '日本医師会' },
  osaka: { id: 27000, label: '大阪府医師会' },
  kita: { id: 27001, label: '大阪市北区医師会' },
  miyakojima: { id: 27002, label: '都島区医師会' },
  tokyo: { id: 13000, label: '東京都医師会' },
  minato: { id: 13005, label: '東京都港区医師会' },
  kanagawa: { id: 14000, label: '神奈川県医師会' },
  yokohama: { id: 14001, label: '横浜市医師会' },
  aoba: { id: 14501, label: '横浜市青葉区医師会' },
} as const;

export type OfficeName = keyof typeof offices;

export const officeNames: readonly OfficeName[] = ['jma', 'osaka', 'kita', 'tokyo', 'minato', 'kanagawa', 'yokohama', 'aoba', 'miyakojima'];

/** `office` undefined: MAMIS運営事務局. */
export type StaffPerson = {
  loginId: string;
  office: OfficeName | undefined;
  role: 'admin' | 'clerk';
  surname: string;
  surnameKana: string;
};

const admins: readonly (readonly [string, string])[] = [
  ['中央', 'チュウオウ'],
  ['難波', 'ナンバ'],
  ['梅田', 'ウメダ'],
  ['永田', 'ナガタ'],
  ['芝', 'シバ'],
  ['関内', 'カンナイ'],
  ['桜木', 'サクラギ'],
  ['市尾', 'イチオ'],
  ['桜宮', 'サクラノミヤ'],
];

/** One 管理者 per office; 大阪市北区 has two more people: a clerk, and one who is stopped in the middle of his work. */
export const staff: readonly StaffPerson[] = [
  ...officeNames.map((office, index): StaffPerson => {
    const [surname, surnameKana] = admins[index] ?? ['事務', 'ジム'];
    return { loginId: officeLogin(office), office, role: 'admin', surname, surnameKana };
  }),
  { loginId: 'office-kita-clerk', office: 'kita', role: 'clerk', surname: '窓口', surnameKana: 'マドグチ' },
  { loginId: 'office-kita-leaver', office: 'kita', role: 'clerk', surname: '退職', surnameKana: 'タイショク' },
  { loginId: 'office-operations', office: undefined, role: 'admin', surname: '運営', surnameKana: 'ウンエイ' },
];

export function officeLogin(name: OfficeName): string {
  return `office-${name}`;
}

/** Doctors: login ID `doctor-<name>`; each journey and project uses its own. Surnames with true glyphs, so that every journey meets them. */
const surnames = {
  'join3-script': ['髙橋', 'タカハシ'],
  'join3-noscript': ['山﨑', 'ヤマサキ'],
  'join4-script': ['𠮷田', 'ヨシダ'],
  'join4-noscript': ['渡邊', 'ワタナベ'],
  'return-script': ['齊藤', 'サイトウ'],
  'return-noscript': ['佐藤', 'サトウ'],
  'reject-script': ['鈴木', 'スズキ'],
  'reject-noscript': ['田中', 'タナカ'],
  'papers-script': ['𠮷﨑', 'ヨシザキ'],
  'papers-noscript': ['葛󠄀城', 'カツラギ'],
  keyboard: ['伊藤', 'イトウ'],
  login: ['中村', 'ナカムラ'],
  look: ['小林', 'コバヤシ'],
  draft: ['加藤', 'カトウ'],
  twice: ['山本', 'ヤマモト'],
  pictures: ['松本', 'マツモト'],
  'bulk-one-script': ['林', 'ハヤシ'],
  'bulk-two-script': ['池田', 'イケダ'],
  'bulk-three-script': ['橋本', 'ハシモト'],
  'bulk-one-noscript': ['山下', 'ヤマシタ'],
  'bulk-two-noscript': ['石川', 'イシカワ'],
  'bulk-three-noscript': ['前田', 'マエダ'],
  // These have a past when the journeys begin (fill.ts).
  foreign: ['井上', 'イノウエ'],
  race: ['木村', 'キムラ'],
  submitted: ['森', 'モリ'],
  returned: ['清水', 'シミズ'],
  member: ['斎藤', 'サイトウ'],
  'leave-script': ['濵田', 'ハマダ'],
  'leave-noscript': ['廣瀬', 'ヒロセ'],
  'leave4-script': ['德永', 'トクナガ'],
  'leave4-noscript': ['邊見', 'ヘンミ'],
  'move-script': ['栁沢', 'ヤナギサワ'],
  'move-noscript': ['神﨑', 'カンザキ'],
  'change-script': ['桒原', 'クワバラ'],
  'change-noscript': ['冨樫', 'トガシ'],
  leaving: ['眞鍋', 'マナベ'],
  'pictures-leave': ['藤原', 'フジワラ'],
  'certificate-script': ['𠮷見', 'ヨシミ'],
  'notice-script': ['𠮷永', 'ヨシナガ'],
  'notice-noscript': ['髙尾', 'タカオ'],
  'certificate-noscript': ['髙石', 'タカイシ'],
  'missing-script': ['薗田', 'ソノダ'],
  'missing-noscript': ['籾山', 'モミヤマ'],
  'dead-script': ['靏見', 'ツルミ'],
  'dead-noscript': ['圡屋', 'ツチヤ'],
  objecting: ['槇原', 'マキハラ'],
  'dead-look': ['曽根', 'ソネ'],
  'inquiry-script': ['問山', 'トイヤマ'],
  'inquiry-noscript': ['問田', 'トイダ'],
  'profile-script': ['鷹野', 'タカノ'],
  'profile-noscript': ['梶原', 'カジワラ'],
  passkey: ['鍵山', 'カギヤマ'],
  // A member who has not registered yet: nobody logs in with this login.
  guided: ['案浦', 'アンノウラ'],
} as const;

export type DoctorName = keyof typeof surnames;

export function isDoctorName(text: string): text is DoctorName {
  return Object.hasOwn(surnames, text);
}

export const doctors: readonly DoctorName[] = Object.keys(surnames).filter(isDoctorName);

export function doctorLogin(name: DoctorName): string {
  return `doctor-${name}`;
}

export function nameOf(name: DoctorName): { surname: string; surnameKana: string; givenName: string; givenNameKana: string } {
  const [surname, surnameKana] = surnames[name];
  return { surname, surnameKana, givenName: '花子', givenNameKana: 'ハナコ' };
}

export function fullName(name: DoctorName): string {
  return `${nameOf(name).surname} ${nameOf(name).givenName}`;
}

/** 医籍登録番号 of a doctor, without 第…号. */
export function licenceOf(name: DoctorName): string {
  return String(700_001 + doctors.indexOf(name));
}

/** Facilities in the master. */
/** Workplaces that members have typed, as no facility of the master is theirs; for the journey of either kind. */
export const typedWorkplaces = { script: '梅田みらいクリニック', noscript: '中之島みらいクリニック' };

export const facilities = [
  {
    name: '北区さくら診療所',
    kana: 'キタクサクラシンリョウジョ',
    prefectureCode: '27',
    associationId: 27001,
    address: '大阪府大阪市北区梅田1-1',
    tel: '06-0000-0001',
  },
  {
    name: '中之島なにわ病院',
    kana: 'ナカノシマナニワビョウイン',
    prefectureCode: '27',
    associationId: 27001,
    address: '大阪府大阪市北区中之島2-2',
    tel: '06-0000-0002',
  },
  {
    name: '都島つばき医院',
    kana: 'ミヤコジマツバキイイン',
    prefectureCode: '27',
    associationId: 27002,
    address: '大阪府大阪市都島区都島本通3-3',
    tel: '06-0000-0003',
  },
  {
    name: '青葉台みどり内科',
    kana: 'アオバダイミドリナイカ',
    prefectureCode: '14',
    associationId: 14501,
    address: '神奈川県横浜市青葉区青葉台1-1',
    tel: '045-000-0001',
  },
] as const;
