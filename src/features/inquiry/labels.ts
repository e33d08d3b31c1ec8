import type { DeskSection, InquiryKind } from './fields.ts';
import type { InquiryState } from './flow.ts';
import type { Desk } from './rules.ts';

/** Words of お問合せ (`screens.md A-15, P-05`). */

export const kindLabels: Readonly<Record<InquiryKind, string>> = {
  operation: '操作方法',
  login: 'ログイン',
  memberInfo: '会員情報',
  joining: '入会に関する取り決め',
  fee: '会費・減免',
  lifelong: '生涯教育制度・かかりつけ医機能報告制度',
  familyDoctor: '日医かかりつけ医機能研修',
  occupational: '認定産業医・認定健康スポーツ医',
  liability: '医師賠償責任保険',
  pension: '医師年金',
  application: '届出中の申請',
  other: 'その他',
  transferCheck: '異動に伴う確認',
};

export const sectionLabels: Readonly<Record<DeskSection, string>> = {
  memberInfo: '会員情報室',
  generalAffairs: '総務課',
  accounting: '経理課',
  lifelong: '生涯教育課',
  longTermCare: '介護保険課',
  health1: '健康医療第一課',
  liability: '医賠責対策課',
  pension: '年金福祉課',
};

/** 内容 beside 担当, as P-05 lists them. */
export const sectionSubjects: Readonly<Record<DeskSection, string>> = {
  memberInfo: '会員情報',
  generalAffairs: '入会に関する取り決め',
  accounting: '会費・減免関連',
  lifelong: '生涯教育制度・かかりつけ医機能報告制度',
  longTermCare: '日医かかりつけ医機能研修',
  health1: '認定産業医・認定健康スポーツ医',
  liability: '医師賠償責任保険(特約保険を含む)',
  pension: '医師年金',
};

export const operationsName = 'MAMIS運営事務局';
const jmaName = '日本医師会';

/** 担当 in words; `association` is the name of the desk's association. */
export function deskLabel(desk: Desk, association: string): string {
  if (desk.desk === 'operations') return operationsName;
  return desk.section === null ? association : `${jmaName} ${sectionLabels[desk.section]}`;
}

const states: Readonly<Record<InquiryState, string>> = { new: '受付', inProgress: '対応中', answered: '回答済', done: '完了' };

/** 状況 in words. */
export function inquiryStateLabel(state: InquiryState): string {
  return states[state];
}

export type StateTone = 'neutral' | 'info' | 'progress' | 'success';
const tones: Readonly<Record<InquiryState, StateTone>> = { new: 'info', inProgress: 'progress', answered: 'success', done: 'neutral' };

/** How 状況 looks. */
export function inquiryStateTone(state: InquiryState): StateTone {
  return tones[state];
}

const askers: Readonly<Record<string, string>> = {
  doctor: '医師',
  office: '医師会事務局',
  contractor: '外部委託先',
  guest: 'ログインなし',
  system: '自動',
};

/** 差出人: the name and what he is. */
export function askerText(name: string, asker: string): string {
  return `${name}(${askers[asker] ?? asker})`;
}

/** A person addressed politely. */
export function honoured(name: string): string {
  return `${name} 様`;
}

/** What is written for somebody who comes from another screen. */
export const openings: Readonly<Record<string, string>> = {
  retract: '申請の取下げについて相談したいです。\n理由:',
  correction: '登録情報の訂正をお願いします。\n訂正する項目:\n正しい内容:\n(確認できる書類を添付してください)',
  access: '閲覧履歴について確認したいことがあります。\n日時:\n医師会・施設:\n内容:',
};

/** 定型文 of answers (`screens.md P-05`); chosen by its code in the address. */
export const answerTemplates: readonly { code: string; label: string; body: string }[] = [
  {
    code: 'checking',
    label: '確認中のご連絡',
    body: 'お問合せいただきありがとうございます。\n内容を確認しております。回答まで今しばらくお待ちください。',
  },
  {
    code: 'manual',
    label: '手引きのご案内',
    body: 'お問合せいただきありがとうございます。\n操作の手順は「よくある質問・操作の手引き」の次のページをご覧ください。\nページ:\nご不明な点がありましたら、このお問合せに返信してください。',
  },
  {
    code: 'details',
    label: '詳しい内容のお伺い',
    body: 'お問合せいただきありがとうございます。\n確認のため、次の点をお知らせください。\n・表示されたメッセージ\n・操作された画面と日時',
  },
];

/** The text of a 定型文; undefined for a code that is none. */
export function templateBody(code: string | null): string | undefined {
  return answerTemplates.find((one) => one.code === code)?.body;
}
