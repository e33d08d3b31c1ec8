import type { ProfileBlock } from '#features/person/fields.ts';

const hidden = '●●●●●●●●';

/** ログイン情報 of; a password is never shown. */
export function loginBlock(loginId: string): ProfileBlock {
  return {
    code: 'login',
    title: 'ログイン情報',
    items: [
      { key: 'loginId', label: 'ログインID', value: loginId },
      { key: 'password', label: 'パスワード', value: hidden },
    ],
  };
}
