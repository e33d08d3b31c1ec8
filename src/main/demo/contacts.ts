import { saveInfo } from '#features/association/commands/save-info.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { run } from '#platform/command/command.ts';
import { as, must } from './acting.ts';
import type { Ground } from './ground.ts';

/** 医師会情報 of some offices of the demo (`screens.md O-19`): whom doctors may call, who signs. All made up; the others have none yet. */

const contacts = [
  {
    office: 27_000,
    short: 'osaka',
    president: '浪速 一郎',
    postalCode: '530-0001',
    address: '大阪府大阪市北区梅田0-0-0',
    tel: '06-0000-9000',
  },
  {
    office: 27_001,
    short: 'kita',
    president: '天満 誠',
    postalCode: '530-0041',
    address: '大阪府大阪市北区天神橋0-0-0',
    tel: '06-0000-9010',
  },
  { office: 13_005, short: 'minato', president: '芝 和夫', postalCode: '105-0011', address: '東京都港区芝公園0-0-0', tel: '03-0000-9020' },
  {
    office: 14_501,
    short: 'aoba',
    president: '荏田 久美',
    postalCode: '225-0013',
    address: '神奈川県横浜市青葉区荏田町0-0',
    tel: '045-000-9030',
  },
] as const;

/** Registers them through the command; the same every time. */
export async function registerContacts({ surroundings, today, office }: Ground): Promise<void> {
  const on = addDays(today, -120);
  for (const { office: id, short, president, ...place } of contacts) {
    const mail = `${short}@demo.example.jp`;
    const info = {
      ...place,
      version: 0,
      presidentName: president,
      fax: place.tel.replace(/0$/, '1'),
      mail,
      officeHours: '平日 9:00-17:00',
      website: `https://${short}.example.jp/`,
      joinGuide: '入会をご希望の方は、申請の前に事務局へお電話ください。',
      way: 'direct',
      signerTitle: '会長',
      signerName: president,
      breachMail: mail,
      startsOn: on,
    };
    must(await run(saveInfo, as(surroundings, office(id), startOfDay(on)), info, `demo contact ${short}`));
  }
}
