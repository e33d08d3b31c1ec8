/** What the frame of a page shows (`screens.md 1.1`); the root loader gives it. */

export type MenuItem = {
  label: string;
  to: string;
  /**
   * The heading it stands under. Items whose group is another item's label stand under that item; otherwise the group
   * is shown as a heading of its own.
   */
  group?: string | undefined;
  /** What is new there, e.g. 「12」; said as 「未読12件」. */
  unread?: string | undefined;
};

export type FooterLink = { label: string; to: string };

export type DoctorLine = {
  name: string;
  /** 「第123456号」; undefined before a number is known. */
  licence: string | undefined;
  /** False until an office has seen the licence: 「(確認前)」. */
  licenceChecked: boolean;
  /** 「日本医師会」 or 「医師会未加入」. */
  badge: string;
  /** 「20年以上」; undefined without membership. */
  years: string | undefined;
};

export type DelegationLine = {
  /** 貸与元 */
  grantor: string;
  /** 範囲 */
  scope: string;
  /** `yyyy/mm/dd` */
  until: string;
  /** Where 自医師会に戻る is posted. */
  returnAction: string;
};

export type FrameWho =
  | { kind: 'entrance' }
  | { kind: 'doctor'; doctor: DoctorLine }
  | { kind: 'office'; userName: string; associationName: string; delegation?: DelegationLine | undefined };

export type FrameData = {
  who: FrameWho;
  /** The person's top page, behind the logo. */
  homeTo: string;
  menu: readonly MenuItem[];
  /** お問合せフォーム · 個人情報保護 · 利用規約 · アクセシビリティ: those that have a screen. */
  footer: readonly FooterLink[];
  /** Shows the strip of the demo. */
  demo: boolean;
  /** Planned stop or known fault, one sentence. */
  banner?: string | undefined;
  /** Where more of it stands. */
  bannerLink?: { label: string; to: string } | undefined;
  /** Of the product, at the foot. */
  version: string;
  /** Of the session; warns five minutes before its end. */
  idle?: IdleLimit | undefined;
  /** Where ログアウト is posted; default `/logout`. */
  logoutAction?: string | undefined;
};

function isFrame(value: unknown): value is FrameData {
  return typeof value === 'object' && value !== null && 'who' in value && 'homeTo' in value && 'menu' in value && 'footer' in value;
}

/** The frame that an error of our own brings along; undefined when it has none. */
export function frameIn(data: unknown): FrameData | undefined {
  return typeof data === 'object' && data !== null && 'frame' in data && isFrame(data.frame) ? data.frame : undefined;
}

export type IdleLimit = {
  /** Without use until the session ends: 30 for offices, 60 for doctors. */
  minutes: number;
  /** A GET of any page that prolongs the session and answers 2xx. */
  keepAliveUrl: string;
};

export type Crumb = { label: string; to: string };

/** For pages outside any session and for errors before the loader could run. */
export const entranceFrame: FrameData = {
  who: { kind: 'entrance' },
  homeTo: '/login',
  menu: [],
  footer: [],
  demo: false,
  version: '',
};
