import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';

/** Words that guessing programs try first, without digits, symbols and capitals. */
const blockedWords = new Set(
  `password passwort passw pass pasword passcode admin administrator root guest user login welcome letmein secret master super
  test testing demo sample default changeme change temp temporary qwerty qwertyuiop qwert asdf asdfgh asdfghjkl zxcvbn zxcvbnm
  abc abcd abcde abcdef abcdefg abcdefgh aaa aaaa iloveyou love monkey dragon sunshine princess football baseball soccer shadow
  michael jordan superman batman pokemon naruto sakura nihon nippon japan tokyo osaka kyoto yokohama nagoya kobe sapporo fukuoka
  mamis mamismamis jma ishikai ishi ishikaiin nichii doctor doctors hospital clinic medical medicine byouin byoin iryou iryo
  jimukyoku office kaiin member members sensei arigatou arigato konnichiwa ohayou ohayo sayonara yoroshiku himitsu tarou taro
  hanako yamada suzuki tanaka satou sato takahashi watanabe itou ito kobayashi nakamura summer winter spring autumn haru natsu
  aki fuyu january february march april may june july august september october november december google yahoo microsoft windows
  internet computer samsung apple iphone android whatever trustno nothing freedom hello hellohello starwars matrix corvette`.split(/\s+/),
);

const reservedIds = new Set([
  'administrator',
  'mamisadmin',
  'mamis-admin',
  'operations',
  'helpdesk',
  'callcenter',
  'call-center',
  'postmaster',
  'webmaster',
  'hostmaster',
  'no-reply',
  'noreply01',
  'security',
  'everyone',
  'anonymous',
]);

const lookalikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', '!': 'i' };

/** Password → [password, and with look-alikes read as letters: p@ssw0rd → password]. */
function wordsIn(password: string): string[] {
  const lower = password.toLowerCase();
  const letters = (text: string) => text.replaceAll(/[^a-z]/g, '');
  const core = lower.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  const read = core.replaceAll(/[013457@!]/g, (glyph) => lookalikes[glyph] ?? glyph);
  return [letters(lower), letters(core), letters(read)];
}

/** Few different characters, or a run like 12345678 / abcdefgh that makes up most of it. */
function isMonotonous(password: string): boolean {
  if (new Set(password.toLowerCase()).size < 5) return true;
  const steps = [...password].slice(1).filter((glyph, at) => {
    const step = glyph.charCodeAt(0) - password.charCodeAt(at);
    return step === 0 || step === 1 || step === -1;
  });
  return steps.length >= password.length * 0.7;
}

/** True for what others would guess: block list, monotony, the login ID or a name in it (`screens.md 1.2` pwWeak). */
export function isWeakPassword(password: string, own: readonly string[]): boolean {
  const lower = password.toLowerCase();
  if (own.some((word) => word.length >= 3 && lower.includes(word.toLowerCase()))) return true;
  return isMonotonous(password) || wordsIn(password).some((word) => blockedWords.has(word));
}

/** True for IDs that could be mistaken for ours. */
export function isReservedId(loginId: string): boolean {
  return reservedIds.has(loginId.toLowerCase());
}

/** The checks of a new login ID and password that need no database: reserved ID, password that is easy to guess. */
export function flawsOfLogin(login: { loginId: string; password: string; names: readonly string[] }): FieldErrors {
  return {
    ...(isReservedId(login.loginId) ? { loginId: [messages.idUsed()] } : {}),
    ...(isWeakPassword(login.password, [login.loginId, ...login.names]) ? { password: [messages.pwWeak()] } : {}),
  };
}
