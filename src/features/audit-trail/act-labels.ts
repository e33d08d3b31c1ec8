/** Every act of the audit with its word: the glossary of what is done in this system (`screens.md O-18`). */

import { checkActs, facilityActs, masterActs, memberActs, noticeActs } from './labels.ts';

export type AuditCategory = 'login' | 'view' | 'search' | 'application' | 'proxy' | 'change' | 'output' | 'setting';

export const categoryLabels: Readonly<Record<AuditCategory, string>> = {
  login: 'ログイン',
  view: '閲覧',
  search: '検索',
  application: '申請操作',
  proxy: '代理申請',
  change: '変更',
  output: '出力',
  setting: '設定',
};

export const filterCategories: readonly AuditCategory[] = [
  'login',
  'view',
  'search',
  'application',
  'proxy',
  'change',
  'output',
  'setting',
];

type Act = { category: AuditCategory; label: string };

const of = (category: AuditCategory, acts: Readonly<Record<string, string>>): [string, Act][] =>
  Object.entries(acts).map(([action, label]) => [action, { category, label }]);

const acts: ReadonlyMap<string, Act> = new Map([
  ...of('login', {
    'identity.logIn': 'ログイン',
    'identity.logOut': 'ログアウト',
    'identity.logOutEverywhere': 'すべての端末からログアウト',
    'identity.confirmPassword': 'パスワードの再確認',
    'entrance.askReset': 'パスワードの再設定の申込み',
    'entrance.askLoginId': 'ログインIDの案内の申込み',
    'entrance.resetPassword': 'パスワードの再設定',
    'identity.logOutOthers': 'ほかの端末のログアウト',
    'identity.logOutDevice': '端末のログアウト',
    'identity.useSecondFactor': '2段階認証',
    'identity.beginSecondFactor': '2段階認証の設定の開始',
    'identity.setSecondFactor': '2段階認証の設定',
    'identity.renewRecoveryCodes': 'リカバリーコードの作り直し',
    'identity.removeSecondFactor': '2段階認証の解除',
    'identity.usePasskey': 'パスキーの確認',
    'identity.addPasskey': 'パスキーの追加',
    'identity.deletePasskey': 'パスキーの削除',
    'identity.changeLoginId': 'ログインIDの変更',
    'identity.changePassword': 'パスワードの変更',
    'entrance.askMailCheck': '利用者登録の確認メール',
    'entrance.askAgain': '確認メールの再送',
    'entrance.openRegistration': 'メールアドレスの確認',
    'entrance.saveEntries': '利用者登録の入力',
    'entrance.register': '利用者登録',
    'entrance.openLetter': '書状のコードの入力',
    'entrance.askNewMailAgain': 'メールアドレス変更の確認メールの再送',
    'entrance.askOldMailAgain': 'メールアドレス変更の同意を求めるメールの再送',
    'entrance.proveBirth': '初回ログインの本人確認',
    'entrance.firstLogin': '初回ログインの登録',
    'entrance.askNewMail': 'メールアドレス変更の確認メール',
    'entrance.changeMail': 'メールアドレスの変更',
    'entrance.confirmNewMail': '新しいメールアドレスの確認',
    'entrance.answerMailChange': 'メールアドレス変更への回答',
    'entrance.takeBackMailChange': 'メールアドレス変更の取下げ',
    'identity.addAccount': '利用者の登録',
  }),
  ...of('view', {
    'application.viewed': '申請の詳細',
    'application.printed': '届の控え',
    'member.viewed': '会員情報の詳細',
    'member.guidancePrinted': 'マイページの案内の文書の印刷',
    'membership.historyViewed': '入退会履歴',
    'certificate.viewed': '在籍証明書',
    'certificate.check': '在籍証明書の確認',
    'staff.viewed': '事務局ユーザーの詳細',
    'entrance.migratedDataViewed': '移行データの確認',
    'entrance.letterTargetViewed': 'ログイン情報の書状の宛先の照会',
    'page.refused': '表示できないページ',
    'audit.accessLogViewed': '閲覧履歴',
    'inquiry.viewed': 'お問合せ',
    'inquiry.fileViewed': 'お問合せの添付ファイル',
    'desk.viewed': 'TOP',
    'desk.myTopViewed': 'マイページTOP',
    'document.viewed': '提出書類',
    'profile.viewed': '登録情報',
    'profile.mailingViewed': '送付物設定',
    'notice.viewed': 'お知らせ',
    'notice.read': 'お知らせの既読',
  }),
  ...of('search', {
    'application.listed': '申請一覧',
    'application.settingsTried': '環境設定を過去の申請で試す',
    'member.listed': '会員一覧',
    'member.select': '会員の選択',
    'member.selectListed': '条件に合う会員すべての選択',
    'certificate.listed': '在籍証明書の一覧',
    'staff.listed': '事務局ユーザー一覧',
    'inquiry.listed': 'お問合せの一覧',
    'audit.listed': '操作履歴',
    'memberNotification.listed': '会員関連通知',
  }),
  ...of('application', {
    'application.receive': '受付',
    'application.approve': '承認',
    'application.firstApprove': '承認(1人目)',
    'application.return': '差戻し',
    'application.reject': '非承認',
    'application.acknowledge': '確認',
    'application.acknowledgeLate': '自動確認',
    'application.cancel': '取消',
    'application.revoke': '承認取消',
    'application.revokeLeave': '退会取消',
    'application.message': '審査時連絡メッセージ',
    'application.memo': '事務局メモ',
    'application.attention': '要注意の設定',
    'application.assign': '担当者の設定',
    'application.takeOver': '担当の引継ぎ',
    'application.markOriginals': '原本の確認',
    'application.finishTask': '事務局の仕事の完了',
    'application.submit': '申請',
    'application.resubmit': '再申請',
    'application.retract': '取下げ',
    'application.object': '本人からの異議',
    'application.reopen': '届の再開',
    'application.readdress': '組織改編による引継ぎ',
    'certificate.request': '在籍証明書の申請',
    'certificate.issue': '在籍証明書の発行',
    'certificate.issueForMember': '在籍証明書の発行',
    'certificate.issueAsked': '在籍証明書の発行',
    'certificate.return': '在籍証明書の差戻し',
    'certificate.revoke': '在籍証明書の無効',
    'bulk.start': '一括操作の開始',
    'bulk.continue': '一括操作の再実行',
    'bulk.keepResult': '一括操作の結果',
    'application.countUsualTimes': '通常の日数の集計',
    'application.erasePapers': '保存期間を過ぎた提出書類の消去',
    'application.forgetUploads': '届に使われなかったファイルの消去',
    'application.expireDraft': '期限を過ぎた下書きの削除',
    'application.warnDraft': '下書きの削除の予告',
    'application.remindOffice': '審査の督促',
    'application.remindToJoin': '入会届の案内',
    'application.tellEffects': '発効のお知らせ',
    'application.tellTraining': '臨床研修修了の案内',
    'application.tellWaiverEnd': '会費減免の終了の案内',
  }),
  ...of('proxy', {
    'application.beginProxy': '代理申請の根拠の入力',
    'application.registerDeath': '死亡の登録',
    'application.settleDeath': '死亡によるほかの所属の届',
    'application.revokeDeath': '死亡登録の取消',
    'application.restoreAfterDeath': '死亡登録の取消によるほかの所属の届',
    'application.letterPrinted': 'お知らせの文書',
    'filingSheet.enter': 'CSVで代理申請',
  }),
  ...of('change', {
    'application.chooseAssociations': '届の医師会の選択',
    'application.chooseDestination': '異動先の選択',
    'application.leaveUndecided': '異動先を決めない届',
    'application.saveDetails': '届の入力',
    'application.saveChange': '届の入力',
    'application.saveTransfer': '届の入力',
    'application.saveWithdrawal': '届の入力',
    'application.deleteDraft': '一時保存の削除',
    'application.attach': '提出書類の追加',
    'application.removeDocument': '提出書類の削除',
    'ownList.saveValues': '会員の独自項目の保存',
    'profile.saveMemberMailing': '会員の送付先の変更',
    'person.changeProfileByOffice': '登録情報の代理変更',
    'person.register': '利用者登録',
    'membership.importHistory': '入退会履歴の取込み',
    'inquiry.ask': 'お問合せ',
    'inquiry.contact': 'お問合せフォーム',
    'inquiry.keepFiles': 'お問合せの添付',
    'inquiry.add': 'お問合せの返信',
    'inquiry.answer': 'お問合せへの回答',
    'inquiry.pass': 'お問合せの担当の変更',
    'inquiry.solve': 'お問合せの解決',
    'inquiry.close': 'お問合せの完了',
    'inquiry.openTransferTasks': '異動に伴う確認の作成',
    'help.addQuestion': 'よくある質問への追加',
    'help.withdrawQuestion': 'よくある質問の取り下げ',
    'person.changeProfile': '登録情報の変更',
    'person.keepProfileDraft': '登録情報の入力',
    'person.dropProfileDraft': '登録情報の入力の取りやめ',
    'profile.saveMailing': '送付物設定の変更',
    'memberNotification.tell': '会員関連通知の作成',
    'memberNotification.tellDay': '会員関連通知のメール',
    'memberNotification.mark': '会員関連通知の処理',
    'memberNotification.assign': '会員関連通知の担当者の設定',
    ...noticeActs,
    'mail.resend': 'メールの再送',
    'mail.stop': 'メールの送信の中止',
    'mail.undeliverable': '届かないメールの記録',
  }),
  ...of('output', {
    'entrance.issueInitialLogin': '初期のログイン情報の発行',
    'entrance.issueLetterCode': 'ログインの再設定の書状の発行',
    'certificate.printed': '在籍証明書のPDF',
    'membership.historySaved': '入退会履歴のCSV',
    'export.make': 'データ出力の作成',
    'export.approve': 'データ出力の承認',
    'export.decline': 'データ出力の却下',
    'export.fetch': 'ファイルの取得',
    'export.fetched': 'ファイルの取得',
    'export.reportDeletion': 'ファイルの削除報告',
    'export.keepFile': 'ファイルの作成',
  }),
  ...of('setting', {
    'identity.keepPageSize': '表示件数の変更',
    'identity.loadPlaces': '接続元の場所の表の取込み',
    'profile.keepPapers': '登録情報の代理変更の証拠書類',
    'profile.paperViewed': '登録情報の代理変更の証拠書類の閲覧',
    'identity.agreeToTerms': '規約の変更への同意',
    'identity.putOffTerms': '規約の変更への同意の見送り',
    'entrance.publishTerms': '規約の版の登録',
    'desk.hideFirstSteps': 'はじめの一歩の表示',
    'association.planSettings': '環境設定の作成',
    'association.withdrawSettings': '環境設定の予定の取消',
    'ownList.keepMailing': '送付物の登録・変更',
    'ownList.removeMailing': '送付物の削除',
    'ownList.addCategory': '会員区分の登録',
    'ownList.changeCategory': '会員区分の変更',
    'ownList.keepNoticeCategory': 'お知らせカテゴリの登録・変更',
    'ownList.endNoticeCategory': 'お知らせカテゴリの終了',
    'ownList.copyNoticeCategories': '共通のお知らせカテゴリの利用',
    'ownList.keepField': '独自項目の登録・変更',
    'ownList.endField': '独自項目の終了',
    'ownList.order': '送付物・会員区分設定の並べ替え',
    'certificate.saveIssuing': '在籍証明書の発行方法',
    'staff.invite': '事務局ユーザーの招待',
    'staff.resendInvitation': '招待の再送',
    'staff.withdrawInvitation': '招待の取消',
    'staff.acceptInvitation': '利用開始',
    'staff.change': '事務局ユーザーの変更',
    'staff.delete': '事務局ユーザーの削除',
    'staff.endSessions': '端末の終了',
    'staff.liftSecondFactor': '2段階認証の解除',
    'staff.handOver': '引継ぎ',
    'staff.takeOverViews': '検索条件の引継ぎ',
    'staff.issueInitialPassword': '初期パスワードの発行',
    'staff.saveView': '検索条件の保存',
    'staff.deleteView': '検索条件の削除',
    'staff.setUpFirstAdmin': '最初の管理者の登録',
    'association.saveInfo': '医師会情報の変更',
    'association.keepSeal': '印影の登録',
    'association.requestName': '医師会の名称変更の依頼',
    'association.answerRequest': '医師会の名称変更の依頼への回答',
    'association.keepPaperForm': '様式の登録',
    'staff.create': '事務局ユーザーの登録',
    'staff.issueInvitation': '招待の発行',
    'staff.declineInvitation': '招待の辞退',
    'staff.invitationAccepted': '招待の受諾',
    'staff.chooseMails': 'メールの受取設定',
    'systemSettings.change': 'システム設定の変更',
  }),
  ...of('setting', masterActs),
  ...of('setting', checkActs),
  ...of('change', facilityActs),
  ...of('change', memberActs),
]);

/** The act of the audit as people say it: 「申請操作:承認」. An act without a word of its own is named by its category. */
function actOf(action: string): Act {
  const known = acts.get(action);
  if (known !== undefined) return known;
  if (/Viewed$|\.viewed$/.test(action)) return { category: 'view', label: categoryLabels.view };
  if (/Listed$|\.listed$/.test(action)) return { category: 'search', label: categoryLabels.search };
  const category = action.startsWith('application.') ? 'application' : 'change';
  return { category, label: categoryLabels[category] };
}

/** 「承認(申請操作)」, as lists show it. */
export function actionText(action: string): string {
  const { category, label } = actOf(action);
  return label === '' || label === categoryLabels[category] ? categoryLabels[category] : `${categoryLabels[category]}:${label}`;
}

/** The acts of a category, for the filter. */
export function actionsOf(category: AuditCategory): string[] {
  return [...acts].filter(([, act]) => act.category === category).map(([action]) => action);
}

/** What a doctor reads about an act on his data (D-14): 閲覧 / 変更 / 出力 / 代理申請. */
export function accessLabel(action: string): string {
  const { category } = actOf(action);
  if (category === 'proxy') return categoryLabels.proxy;
  if (category === 'output') return categoryLabels.output;
  return category === 'view' || category === 'search' || category === 'login' ? categoryLabels.view : categoryLabels.change;
}

/** Every act with a word, for the test that compares them with the source. */
export function isKnownAct(action: string): boolean {
  return acts.has(action);
}
