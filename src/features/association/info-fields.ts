/** The fields of 医師会情報 in the order of the screen (`screens.md O-19`). */

export const infoNames = {
  presidentName: '会長名',
  postalCode: '郵便番号',
  address: '住所',
  tel: 'TEL',
  fax: 'FAX',
  mail: 'メールアドレス',
  officeHours: '受付時間',
  website: 'ウェブサイト',
  joinGuide: '入会の案内文',
  way: '在籍証明書の発行方法',
  signerTitle: '証明書の会長職名',
  signerName: '証明書の会長氏名',
  seal: '印影',
  breachMail: '会長の漏えい報告先メール',
  startsOn: '適用日',
  name: '名称',
  kana: 'フリガナ',
  reason: '理由',
} as const;

/** The label of a field by its key; undefined for a key that is none. */
export function infoLabelOf(key: string): string | undefined {
  return Object.entries(infoNames).find(([name]) => name === key)?.[1];
}

export const wayLabels = { direct: '会員が直接発行', office: '事務局で確認して発行' } as const;

export const requestStateLabels = { requested: '申出中', accepted: '承認', declined: '却下' } as const;

/** What is kept as text of one version. */
export const textFields = [
  'presidentName',
  'postalCode',
  'address',
  'tel',
  'fax',
  'mail',
  'officeHours',
  'website',
  'joinGuide',
  'signerTitle',
  'signerName',
  'breachMail',
] as const;

export type InfoTexts = Readonly<Record<(typeof textFields)[number], string>>;

export type InfoContent = InfoTexts & { way: 'direct' | 'office'; sealId: string | null };

/** What is planned, with a change from an earlier day in every field that the plan leaves as it is before. */
export function carriedInfo(planned: InfoContent, { before, after }: { before: InfoContent; after: InfoContent }): InfoContent {
  const pick = <Key extends keyof InfoContent>(key: Key): InfoContent[Key] => (planned[key] === before[key] ? after[key] : planned[key]);
  return {
    presidentName: pick('presidentName'),
    postalCode: pick('postalCode'),
    address: pick('address'),
    tel: pick('tel'),
    fax: pick('fax'),
    mail: pick('mail'),
    officeHours: pick('officeHours'),
    website: pick('website'),
    joinGuide: pick('joinGuide'),
    way: pick('way'),
    signerTitle: pick('signerTitle'),
    signerName: pick('signerName'),
    sealId: pick('sealId'),
    breachMail: pick('breachMail'),
  };
}

export type InfoLine = { key: string; label: string; value: string };

const sealLabels = { set: '登録あり', none: '登録なし' } as const;

function postalText(code: string): string {
  return code === '' ? '' : `〒${code.slice(0, 3)}-${code.slice(3)}`;
}

/** One version as lines of words. */
export function infoLines(content: InfoContent): InfoLine[] {
  const text = (key: (typeof textFields)[number]): InfoLine => ({
    key,
    label: infoNames[key],
    value: key === 'postalCode' ? postalText(content.postalCode) : content[key],
  });
  return [
    ...textFields.filter((key) => !['signerTitle', 'signerName', 'breachMail'].includes(key)).map(text),
    { key: 'way', label: infoNames.way, value: wayLabels[content.way] },
    text('signerTitle'),
    text('signerName'),
    { key: 'seal', label: infoNames.seal, value: content.sealId === null ? sealLabels.none : sealLabels.set },
    text('breachMail'),
  ];
}

export type InfoChange = { key: string; label: string; before: string; after: string; changed: boolean };

/** 変更前 and 変更後, field by field. */
export function infoChanges(before: InfoContent, after: InfoContent): InfoChange[] {
  const lines = new Map(infoLines(before).map((line) => [line.key, line.value]));
  return infoLines(after).map(({ key, label, value }) => ({
    key,
    label,
    before: lines.get(key) ?? '',
    after: value,
    changed: key === 'seal' ? before.sealId !== after.sealId : lines.get(key) !== value,
  }));
}
