/** Menus of every page (`screens.md 1.1`). An item stands here only when its screen exists. */

export const doctorMenu: readonly { label: string; to: string; group?: string }[] = [
  { label: 'マイページTOP', to: '/my' },
  { label: 'お知らせ', to: '/my/notices' },
  { label: '申請状況', to: '/my/applications', group: '各種申請' },
  { label: '入会届', to: '/my/applications/join', group: '各種申請' },
  { label: '異動届', to: '/my/applications/transfer', group: '各種申請' },
  { label: '退会届', to: '/my/applications/withdrawal', group: '各種申請' },
  { label: '在籍証明書', to: '/my/membership-certificates', group: '各種申請' },
  { label: '登録情報', to: '/my/profile' },
  { label: '送付物設定', to: '/my/mailing-preference', group: '登録情報' },
  { label: 'ログイン情報', to: '/my/account', group: '登録情報' },
  { label: '医師会入退会履歴', to: '/my/membership-history' },
  { label: '閲覧履歴', to: '/my/access-log' },
  { label: 'お問合せ', to: '/my/inquiries' },
];

/** 医師会マスタ, for the office of the JMA only. */
export const masterAddress = '/jma/associations';

/** 会員関連通知, which says in the menu what is new. */
export const newsAddress = '/office/member-notifications';

/** What upper associations publish to offices. */
export const receivedAddress = '/office/received-notices';

export const officeMenu: readonly { label: string; to: string; group?: string }[] = [
  { label: 'TOP', to: '/office' },
  { label: '会員情報管理', to: '/office/members' },
  { label: '会員関連通知', to: newsAddress, group: '会員情報管理' },
  { label: '施設別一覧', to: '/office/facilities', group: '会員情報管理' },
  { label: '申請管理', to: '/office/applications' },
  { label: 'お知らせ管理', to: '/office/notices' },
  { label: '上層の医師会からのお知らせ', to: receivedAddress, group: 'お知らせ管理' },
  { label: '事務局ユーザー管理', to: '/office/staff-members' },
  { label: '操作履歴', to: '/office/audit-events', group: '事務局ユーザー管理' },
  { label: 'データ出力', to: '/office/exports' },
  { label: '医師会情報', to: '/office/association', group: '医師会設定' },
  { label: '送付物・会員区分設定', to: '/office/mailings-and-categories', group: '医師会設定' },
  { label: '医師会マスタ', to: masterAddress, group: '医師会設定' },
  { label: '環境設定', to: '/office/association-settings', group: '医師会設定' },
  { label: 'お問合せ', to: '/office/inquiries' },
  { label: 'ログイン情報', to: '/office/account' },
];

/** Pages that only 管理者 open stand in no other menu. */
const adminItems = new Set(['/office/staff-members']);

/** The menu of スタッフ. */
export const clerkMenu = officeMenu.filter((item) => !adminItems.has(item.to));

/** 外部委託先 read what is for everybody, ask, and reach their own login, until the training module exists. */
export const contractorMenu: readonly { label: string; to: string }[] = [
  { label: 'TOP', to: '/office' },
  { label: 'お知らせ', to: receivedAddress },
  { label: 'お問合せ', to: '/office/inquiries' },
  { label: 'ログイン情報', to: '/office/account' },
];

/** お問合せ対応 of the JMA's 担当課 (P-05) stands beside its own お問合せ. */
export const jmaItem: { label: string; to: string; group: string } = {
  label: 'お問合せ対応',
  to: '/operations/inquiries',
  group: 'お問合せ',
};

export const operationsMenu: readonly { label: string; to: string; group?: string }[] = [
  { label: 'TOP', to: '/operations' },
  { label: 'お問合せ対応', to: '/operations/inquiries' },
  { label: 'よくある質問', to: '/operations/faq', group: 'お問合せ対応' },
  { label: 'ログイン情報の書状', to: '/operations/login-letters' },
  { label: 'メンテナンス・障害のお知らせ', to: '/operations/announcements' },
  { label: '全体のお知らせ', to: '/operations/announcements/notices', group: 'メンテナンス・障害のお知らせ' },
  { label: 'メール送信状況', to: '/operations/mails' },
  { label: 'ログイン情報', to: '/operations/account' },
];

/** Behind the banner of 計画停止 and 障害. */
export const statusLink = { label: '稼働状況', to: '/status' } as const;

export const operationsName = 'MAMIS運営事務局';
export const facilityUndecided = '所属施設 未定';

/** はじめの一歩 of an office (`screens.md O-01`), in the order in which a new office does them. */
export const firstStepTexts = [
  { code: 'settings', label: '環境設定を確認し、貴会の設定を登録する', to: '/office/association-settings', adminOnly: false },
  { code: 'staff', label: '事務局ユーザーを2名以上登録する', to: '/office/staff-members', adminOnly: true },
  { code: 'admins', label: '管理者を2名にする', to: '/office/staff-members', adminOnly: true },
  { code: 'info', label: '医師会情報を登録する', to: '/office/association', adminOnly: true },
  { code: 'decision', label: '最初の届を承認する', to: '/office/applications', adminOnly: false },
] as const;

/** At the foot of every page, for everybody. */
export const footerLinks: readonly { label: string; to: string }[] = [
  { label: 'お問合せフォーム', to: '/contact' },
  { label: 'よくある質問', to: '/help' },
  { label: '稼働状況', to: '/status' },
  { label: '日本医師会個人情報保護について', to: '/privacy' },
  { label: 'ウェブアクセシビリティ', to: '/accessibility' },
  { label: '利用規約', to: '/terms' },
];

/** Behind the sentence of whoever has not agreed yet. */
export const consentLink = '規約の変更を確認する';

/** Name of the file of one's own 入退会履歴. */
export function historyFile(on: string): string {
  return `医師会入退会履歴_${on.replaceAll('-', '')}`;
}
