import type { AppConfig } from './config.ts';

const OFFICES: readonly (readonly [string, string])[] = [
  ['demo-jma-admin', '日本医師会'],
  ['demo-osaka-admin', '大阪府医師会'],
  ['demo-kita-admin', '大阪市北区医師会'],
  ['demo-kita-clerk', '大阪市北区医師会 スタッフ'],
  ['demo-tokyo-admin', '東京都医師会'],
  ['demo-minato-admin', '東京都港区医師会'],
  ['demo-kanagawa-admin', '神奈川県医師会'],
  ['demo-yokohama-admin', '横浜市医師会'],
  ['demo-aoba-admin', '横浜市青葉区医師会'],
  ['demo-operations', '運営事務局'],
];

const DOCTORS: readonly (readonly [string, string])[] = [
  ['demo-doctor-1', '未入会'],
  ['demo-doctor-2', '大阪市北区 → 大阪府 → 日本医師会'],
  ['demo-doctor-3', '大阪市北区・東京都港区・横浜市青葉区'],
  ['demo-doctor-4', '会費減免中'],
  ['demo-doctor-5', '移行データ、初回ログイン前(生年月日 1975/05/05)'],
];

const DEMO_PASSWORD = 'Mamis2026!';

/** The login ids of the demo. */
export const demoLogins: readonly string[] = [...OFFICES, ...DOCTORS].map(([name]) => name);

/** What the terminal shows when everything is up; `logins` are those of the demo that can be used. */
export function welcome(config: AppConfig, logins: ReadonlySet<string>): string {
  const address = config.publicOrigin ?? `http://localhost:${config.port}`;
  const mailbox = config.smtpUrl === undefined ? [`  Local mailbox: ${address}/_mailbox`] : [];
  return ['', `MAMIS is running at ${address}`, ...mailbox, ...loginLines(logins), '', 'Press Ctrl-C to stop.'].join('\n');
}

function loginLines(logins: ReadonlySet<string>): string[] {
  const rows = [...OFFICES, ...DOCTORS].filter(([name]) => logins.has(name)).map(([name, note]) => `    ${name.padEnd(22)}${note}`);
  return rows.length === 0 ? [] : ['', `  Demo logins, password ${DEMO_PASSWORD}`, ...rows];
}
