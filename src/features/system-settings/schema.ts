import { z } from 'zod';

/**
 * Periods that hold for the whole installation (`rules.md 4.4`), with their defaults. A period that belongs to one
 * association is in its 環境設定 instead. A feature that needs a new one adds it here and reads it by `systemSettingsOf`.
 */
const definitions = {
  /** 一時保存 that nobody touches is deleted after so many days (`screens.md D-06`). */
  draftDays: { fallback: 90, least: 7, most: 3650, about: 'days until an untouched draft is deleted' },
  /** … and its doctor is warned after so many (M-22). */
  draftWarningDays: { fallback: 76, least: 1, most: 3650, about: 'days until the doctor is warned of that' },
  /** M-18 comes so many days before a leave. */
  leaveNoticeDays: { fallback: 7, least: 1, most: 90, about: 'days before a leave on which the doctor is told' },
  /** M-23 comes so many days before the end of a clinical training … */
  trainingNoticeDays: {
    fallback: 60,
    least: 15,
    most: 365,
    about: 'days before the end of clinical training on which doctor and office are told',
  },
  /** … and again; also the days of the card on マイページTOP. */
  trainingNoticeAgainDays: { fallback: 14, least: 1, most: 180, about: 'days before that end of the second notice' },
  /** M-24 comes so many days before the end of a fee waiver. */
  waiverNoticeDays: { fallback: 60, least: 7, most: 180, about: 'days before the end of the fee waiver on which the doctor is told' },
  /** M-25 comes so many days after a leave without destination … */
  joinReminderDays: {
    fallback: 30,
    least: 7,
    most: 365,
    about: 'days after a leave without destination on which the doctor is reminded to join',
  },
  /** … again … */
  joinReminderSecondDays: { fallback: 180, least: 8, most: 730, about: 'days after that leave of the second reminder' },
  /** … and a last time. */
  joinReminderLastDays: { fallback: 330, least: 9, most: 1095, about: 'days after that leave of the last reminder' },
  /** 申請の詳細 says who else has opened a case within so many minutes (`screens.md O-05`). */
  viewingMinutes: { fallback: 10, least: 1, most: 120, about: 'minutes for which an opened case is shown as being looked at' },
  /** 提出書類 of a closed case are erased after so many days (`rules.md 3.16`): five years. */
  paperDays: { fallback: 1826, least: 30, most: 36_525, about: 'days after closing until papers are erased' },
  /** Addresses, telephone and mail of a former member are shown to his association for so many days (`screens.md O-08`): five years. */
  formerContactDays: { fallback: 1826, least: 0, most: 36_525, about: 'days after leaving for which contact data are shown' },
  /** Looks at a member within so many minutes count as one: what has changed before it stays marked meanwhile (`screens.md O-08`). */
  sameLookMinutes: { fallback: 30, least: 1, most: 1_440, about: 'minutes within which repeated looks at a member count as one' },
  /** An uploaded file that reached no application is removed after so many hours. */
  uploadHours: { fallback: 24, least: 1, most: 720, about: 'hours until an upload without application is removed' },
  /** A preview of a paper is drawn anew when it is older than so many days. */
  previewDays: { fallback: 30, least: 1, most: 365, about: 'days for which a drawn preview of a paper is kept' },
  /** 「目安」 is shown only when an office has decided at least so many cases of the kind within the year (`screens.md D-07`). */
  usualTimeCases: { fallback: 5, least: 1, most: 1000, about: 'decided cases needed before the usual time is shown' },
  /** A file of データ出力 can be fetched for so many hours (`screens.md O-23`). */
  exportFetchHours: { fallback: 24, least: 1, most: 168, about: 'hours for which the file of an export can be fetched' },
  /** 削除予定日 of a file is proposed so many days ahead … */
  exportKeepDays: { fallback: 90, least: 1, most: 365, about: 'days until the proposed day of deletion of an export' },
  /** A choice of members that no notice and no file was made of is removed after so many days (`screens.md O-07`). */
  selectionKeepDays: { fallback: 30, least: 1, most: 365, about: 'days until an unused choice of members is removed' },
  /** The link of an invitation works for so many days (`screens.md O-17, A-13`). */
  staffInvitationDays: { fallback: 7, least: 1, most: 60, about: 'days for which the invitation of a staff member can be used' },
  /** 有効期間 of a 事務局ユーザー ends at most so many days ahead. */
  staffValidDays: { fallback: 365, least: 30, most: 1830, about: 'longest 有効期間 of a staff member in days' },
  /** M-31 and M-32 come so many days before its end … */
  staffUnusedDays: {
    fallback: 180,
    least: 30,
    most: 1000,
    about: 'days without a login after which an account of an office counts as unused',
  },
  staffWarningDays: { fallback: 30, least: 8, most: 180, about: 'days before the end of 有効期間 on which it is announced' },
  /** … and M-31 again; a last time on the day before. */
  staffWarningAgainDays: { fallback: 7, least: 2, most: 179, about: 'days before the end of 有効期間 of the second announcement' },
  /** The link of 確認メール and that of a new address (M-09) hold so many hours. */
  mailCheckHours: { fallback: 24, least: 1, most: 168, about: 'hours for which the link of an address check can be used' },
  /** A confirmed new address holds after so many hours when the former one says nothing (D-05). */
  mailChangeHours: {
    fallback: 72,
    least: 1,
    most: 336,
    about: 'hours until a new mail address holds without the consent of the former one',
  },
  /** … that of パスワードの再設定. */
  resetLinkHours: { fallback: 24, least: 1, most: 168, about: 'hours for which the link of a password reset can be used' },
  /** At most so many mails an hour to one address, or about one account, on a stranger's request. */
  mailsPerHour: { fallback: 5, least: 1, most: 60, about: 'mails an hour that a stranger can cause to one address' },
  /** 操作履歴 shows so many days when no period is given (`screens.md O-18`) … */
  auditShownDays: { fallback: 31, least: 1, most: 366, about: 'days of 操作履歴 that are shown without a period' },
  /** … and 閲覧履歴 so many (`screens.md D-14`). */
  accessLogDays: { fallback: 90, least: 7, most: 3650, about: 'days of 閲覧履歴 that are shown without a period' },
  /** A proxy withdrawal on 所在不明 is held so many days before it can be decided (`rules.md 3.10`). */
  missingHoldDays: { fallback: 7, least: 1, most: 365, about: 'days for which a withdrawal of a missing doctor is held' },
  /** 1: everybody at an office must have a second factor (`rules.md 5.4`); 0: who likes. Never in the demo. */
  officeSecondFactor: { fallback: 1, least: 0, most: 1, about: '1 when offices must have a second factor, 0 when they may' },
  /** After a 管理者 has lifted a second factor, decisions and exports wait so many hours. */
  factorHoldHours: { fallback: 24, least: 1, most: 168, about: 'hours without decisions and exports after a lifted second factor' },
  /** 初期パスワード of somebody who is invited where mail is impossible (O-17). */
  initialPasswordHours: { fallback: 24, least: 1, most: 168, about: 'hours for which the initial password of a staff member can be used' },
  /** 初期のログイン情報 of a migrated doctor, from posting. */
  initialLoginDays: { fallback: 180, least: 7, most: 730, about: 'days for which the initial login of a migrated doctor can be used' },
  /** 確認メールを再送する is possible after so many seconds. */
  mailResendSeconds: { fallback: 60, least: 10, most: 3600, about: 'seconds until the mail of an address check can be sent again' },
  /** ログイン履歴 of one's own login page (D-05). */
  loginHistoryDays: { fallback: 90, least: 7, most: 3650, about: 'days of logins that the owner of an account is shown' },
  /** 「前の医師会を退会されています。…」 stands on マイページTOP for so many days after the leave (D-01). */
  joinForgottenDays: { fallback: 365, least: 1, most: 1830, about: 'days after a leave for which the doctor is reminded on his top page' },
  /** The code of a letter (L-02) opens パスワードの再設定 once. */
  letterCodeDays: { fallback: 14, least: 1, most: 60, about: 'days for which the code of a letter can be used' },
  /** Letters with login information (P-04): a day to one doctor … */
  lettersPerDoctor: { fallback: 3, least: 1, most: 20, about: 'letters a day to one doctor' },
  /** … and by one person of 運営事務局. */
  lettersPerAgent: { fallback: 30, least: 1, most: 1000, about: 'letters a day that one person prints' },
  /** 「この端末では30日間省略する」. */
  trustedDeviceDays: { fallback: 30, least: 1, most: 90, about: 'days for which a doctor may leave the second factor out on a device' },
  /** マイページの案内 goes to one person once in so many days (`screens.md O-08`). */
  guidanceDays: { fallback: 7, least: 1, most: 365, about: 'days between two guidances to one person who has no login' },
  /** 死亡登録の取消 is possible so many days after the entry (`screens.md O-11`). */
  deathRevokeDays: { fallback: 30, least: 1, most: 365, about: 'days within which a registered death can be taken back' },
  /** A planned stop is told on every page so many days before (`screens.md 1.1, P-07`). */
  serviceBannerDays: { fallback: 7, least: 1, most: 60, about: 'days before a planned stop from which every page tells it' },
  /** A repeated request is recognised this long (`rules.md 3.11`). */
  idempotencyDays: { fallback: 7, least: 1, most: 90, about: 'days for which a repeated request is recognised' },
} as const;

export type SystemSettingName = keyof typeof definitions;
export type SystemSettings = Readonly<Record<SystemSettingName, number>>;

/** Guard for a name from the command line or the database. */
export function isSystemSettingName(name: string): name is SystemSettingName {
  return Object.hasOwn(definitions, name);
}

export const systemSettingNames = Object.keys(definitions).filter(isSystemSettingName);

/** What a setting is for, its default and its range. */
export function definitionOf(name: SystemSettingName): { fallback: number; least: number; most: number; about: string } {
  return definitions[name];
}

/** Those around the login and the doctor's own pages. */
function ofLogins(valueOf: (name: SystemSettingName) => number) {
  return {
    mailResendSeconds: valueOf('mailResendSeconds'),
    loginHistoryDays: valueOf('loginHistoryDays'),
    joinForgottenDays: valueOf('joinForgottenDays'),
    trustedDeviceDays: valueOf('trustedDeviceDays'),
    letterCodeDays: valueOf('letterCodeDays'),
    lettersPerDoctor: valueOf('lettersPerDoctor'),
    lettersPerAgent: valueOf('lettersPerAgent'),
    factorHoldHours: valueOf('factorHoldHours'),
    initialPasswordHours: valueOf('initialPasswordHours'),
    initialLoginDays: valueOf('initialLoginDays'),
  };
}

/** Every setting with its stored value, else its default; names that are no longer known are ignored. */
export function withDefaults(stored: readonly { name: string; value: number }[]): SystemSettings {
  const values = new Map(stored.map((row) => [row.name, row.value]));
  const valueOf = (name: SystemSettingName): number => values.get(name) ?? definitions[name].fallback;
  return {
    ...ofLogins(valueOf),
    draftDays: valueOf('draftDays'),
    draftWarningDays: valueOf('draftWarningDays'),
    leaveNoticeDays: valueOf('leaveNoticeDays'),
    trainingNoticeDays: valueOf('trainingNoticeDays'),
    trainingNoticeAgainDays: valueOf('trainingNoticeAgainDays'),
    waiverNoticeDays: valueOf('waiverNoticeDays'),
    joinReminderDays: valueOf('joinReminderDays'),
    joinReminderSecondDays: valueOf('joinReminderSecondDays'),
    joinReminderLastDays: valueOf('joinReminderLastDays'),
    viewingMinutes: valueOf('viewingMinutes'),
    paperDays: valueOf('paperDays'),
    formerContactDays: valueOf('formerContactDays'),
    sameLookMinutes: valueOf('sameLookMinutes'),
    uploadHours: valueOf('uploadHours'),
    previewDays: valueOf('previewDays'),
    usualTimeCases: valueOf('usualTimeCases'),
    exportFetchHours: valueOf('exportFetchHours'),
    exportKeepDays: valueOf('exportKeepDays'),
    selectionKeepDays: valueOf('selectionKeepDays'),
    staffInvitationDays: valueOf('staffInvitationDays'),
    staffValidDays: valueOf('staffValidDays'),
    staffUnusedDays: valueOf('staffUnusedDays'),
    staffWarningDays: valueOf('staffWarningDays'),
    staffWarningAgainDays: valueOf('staffWarningAgainDays'),
    mailCheckHours: valueOf('mailCheckHours'),
    mailChangeHours: valueOf('mailChangeHours'),
    resetLinkHours: valueOf('resetLinkHours'),
    mailsPerHour: valueOf('mailsPerHour'),
    auditShownDays: valueOf('auditShownDays'),
    accessLogDays: valueOf('accessLogDays'),
    missingHoldDays: valueOf('missingHoldDays'),
    officeSecondFactor: valueOf('officeSecondFactor'),
    deathRevokeDays: valueOf('deathRevokeDays'),
    guidanceDays: valueOf('guidanceDays'),
    serviceBannerDays: valueOf('serviceBannerDays'),
    idempotencyDays: valueOf('idempotencyDays'),
  };
}

/** Why these values cannot stand together; undefined when they can. */
export function contradiction(settings: SystemSettings): string | undefined {
  return settings.draftWarningDays < settings.draftDays ? undefined : 'draftWarningDays must be less than draftDays';
}

export const changeInput = z
  .object({
    name: z.string().refine(isSystemSettingName, { error: 'unknown setting' }),
    /** Undefined goes back to the default. */
    value: z.int().min(0).optional(),
  })
  .superRefine(({ name, value }, step) => {
    if (value === undefined || !isSystemSettingName(name)) return;
    const { least, most } = definitions[name];
    if (value < least || value > most) step.addIssue({ code: 'custom', path: ['value'], message: `from ${least} to ${most}` });
  });
