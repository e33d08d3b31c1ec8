/** The persons of the journeys; made by `server.ts` through commands. Every password is the same. */

export const password = 'Journey2026!';

/** Offices by short name: login ID `office-<name>`. */
export const offices = {
  jma: { id: 0, layer: 1 },
  osaka: { id: 27000, layer: 2 },
  kita: { id: 27001, layer: 3 },
  tokyo: { id: 13000, layer: 2 },
  minato: { id: 13005, layer: 3 },
  kanagawa: { id: 14000, layer: 2 },
  yokohama: { id: 14001, layer: 3 },
  aoba: { id: 14501, layer: 4 },
} as const;

export type OfficeName = keyof typeof offices;

export function officeLogin(name: OfficeName): string {
  return `office-${name}`;
}

/** Doctors: login ID `doctor-<name>`; each journey and project uses its own. */
export const doctors = [
  'join3-script', 'join3-noscript', 'join4-script', 'join4-noscript', 'return-script', 'return-noscript', 'reject-script', 'reject-noscript',
  'keyboard', 'rights', 'axe', 'draft', 'pictures', 'member', 'filled',
] as const;

export type DoctorName = (typeof doctors)[number];

export function doctorLogin(name: DoctorName): string {
  return `doctor-${name}`;
}

/** Made-up surnames with true glyphs, so that every journey meets them. */
const surnames = [
  ['髙橋', 'タカハシ'], ['山﨑', 'ヤマサキ'], ['𠮷田', 'ヨシダ'], ['渡邊', 'ワタナベ'], ['齊藤', 'サイトウ'], ['佐藤', 'サトウ'], ['鈴木', 'スズキ'], ['田中', 'タナカ'],
  ['伊藤', 'イトウ'], ['中村', 'ナカムラ'], ['小林', 'コバヤシ'], ['加藤', 'カトウ'], ['山本', 'ヤマモト'], ['松本', 'マツモト'], ['井上', 'イノウエ'],
] as const;

export function nameOf(name: DoctorName): { surname: string; surnameKana: string; givenName: string; givenNameKana: string } {
  const [surname, surnameKana] = surnames[doctors.indexOf(name)] ?? surnames[0];
  return { surname, surnameKana, givenName: '花子', givenNameKana: 'ハナコ' };
}
