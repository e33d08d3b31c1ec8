import { foldNumber, formatPost } from '#kernel/fold-input.ts';
import { formatDay, formatWareki, parseDayInput } from '#kernel/wareki.ts';
import type { ApplicationKind } from './flow.ts';
import { layerLabel } from './labels.ts';
import type { RawDetails } from './schema.ts';
import { categoryField } from './schema.ts';
import type { ShownPaper } from './shown-papers.ts';
import { paperLines } from './shown-papers.ts';

/**
 * The fields of 入会届, once: check-your-answers, the office's view, 差戻し per field and the comparison of versions are
 * maps over this list. A field's code is the name of its control in the form, so an error, a request to correct and a
 * link all mean the same place.
 */

/** Text by code of one master list. */
export type Labels = Readonly<Record<string, string>>;

export type ShownChoice = {
  associationId: number;
  layer: number;
  associationName: string;
  categoryId: number;
  categoryName: string;
  /** The category held before, where the membership goes on. */
  before?: string;
};

export type ShownFacility = {
  name: string;
  kana: string;
  postalCode: string;
  address: string;
  tel: string;
  fax: string;
  ownerType: string;
  beds: number | null;
  attached: string;
};

/** The screen of a form that holds a field. */
export type FormPage = 'associations' | 'details' | 'change' | 'transfer' | 'destination' | 'withdrawal';

/** A line of one kind of application alone, already in words. */
export type ShownFact = { code: string; label: string; page: FormPage; returnable: boolean; lines: readonly string[] };

/** An application with everything its codes stand for (`queries/case-shown.ts`): plain data, ready for any screen. */
export type JoinShown = {
  kind: ApplicationKind;
  /** What stands before everything else. */
  facts: readonly ShownFact[];
  /** False where the form does not ask for wish, workplace and work as 入会届 does. */
  workplace: boolean;
  /** Lowest first. */
  choices: readonly ShownChoice[];
  details: RawDetails;
  /** The facility chosen from the master. */
  facility: ShownFacility | undefined;
  labels: { work: Labels; position: Labels; designation: Labels; ownerType: Labels };
  papers: readonly ShownPaper[];
  /** 変更前 and 変更後 side by side, where the kind has both. */
  comparison?: readonly ShownComparison[];
};

export type ShownComparison = { code: string; label: string; before: string; after: string; changed: boolean };

export type JoinField = {
  /** Name of the control: 'workCode', 'categories.27001', 'document.licence'. */
  code: string;
  label: string;
  /** Which screen of the form holds it. */
  page: FormPage;
  /** Heading of the block that the line stands in, where there is one. */
  group?: string;
  /** An office may ask to correct it (`screens.md O-06`); lines that only explain another field are not asked for. */
  returnable: boolean;
  /** The text of the field, one entry per line; empty when nothing was entered. */
  lines: (shown: JoinShown) => readonly string[];
};

const otherCode = '99';

function textOf(details: RawDetails, name: string): string {
  const value = details[name];
  return typeof value === 'string' ? value.trim() : '';
}

function textsOf(details: RawDetails, name: string): readonly string[] {
  const value = details[name];
  if (Array.isArray(value)) return value;
  return typeof value === 'string' && value !== '' ? [value] : [];
}

function isTicked(details: RawDetails, name: string): boolean {
  const value = details[name];
  return value === true || (typeof value === 'string' && value !== '' && value !== 'false');
}

function some(...lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line !== '');
}

/** 「その他(…)」 when a free text belongs to the code. */
function labelled(labels: Labels, code: string, freeText: string): string {
  const label = labels[code] ?? code;
  return code === otherCode && freeText !== '' ? `${label}(${freeText})` : label;
}

function wishedLines({ details }: JoinShown): readonly string[] {
  const typed = textOf(details, 'wishedOn');
  const day = parseDayInput(typed);
  return some(day === undefined ? typed : `${formatDay(day)} ${formatWareki(day)}`);
}

function facilityNameLines({ details, facility }: JoinShown): readonly string[] {
  if (facility !== undefined) return [facility.kana === '' ? facility.name : `${facility.name}(${facility.kana})`];
  const typed = textOf(details, 'facilityName');
  if (typed !== '') return [`${typed}(登録のない施設)`];
  if (isTicked(details, 'facilityUndecided')) return ['未定'];
  return isTicked(details, 'keepFacility') ? ['変更なし'] : [];
}

function facilityAddressLines({ details, facility }: JoinShown): readonly string[] {
  if (facility === undefined) return some(textOf(details, 'facilityAddress'));
  return some(facility.postalCode === '' ? '' : `〒${formatPost(facility.postalCode)}`, facility.address);
}

function facilityTelLines({ details, facility }: JoinShown): readonly string[] {
  if (facility === undefined) return some(textOf(details, 'facilityTel'));
  return some(facility.tel, facility.fax === '' ? '' : `FAX ${facility.fax}`);
}

function ownerLines({ details, facility, labels }: JoinShown): readonly string[] {
  const code = facility === undefined ? textOf(details, 'facilityOwnerType') : facility.ownerType;
  return code === '' ? [] : [`${code}:${labels.ownerType[code] ?? ''}`];
}

function bedLines({ details, facility }: JoinShown): readonly string[] {
  const typed = foldNumber(textOf(details, 'facilityBeds'));
  if (facility === undefined && typed === '') return [];
  const beds = facility === undefined ? Number(typed) : (facility.beds ?? 0);
  if (Number.isNaN(beds)) return [typed];
  return [beds === 0 ? '無' : `有 許可病床数:${beds.toLocaleString('ja-JP')}床`];
}

function positionLines({ details, labels }: JoinShown): readonly string[] {
  const code = textOf(details, 'positionCode');
  return code === '' ? [] : [labelled(labels.position, code, textOf(details, 'positionText'))];
}

function designationLines({ details, labels }: JoinShown): readonly string[] {
  const names = textsOf(details, 'designations').map((code) => labelled(labels.designation, code, textOf(details, 'designationText')));
  return names.length === 0 ? [] : [names.join('、')];
}

const facilityGroup = '所属施設';

/** The fields of step 2 that every join has, in the order of the form. */
export const detailFields: readonly JoinField[] = [
  { code: 'wishedOn', label: '入会希望年月日', page: 'details', returnable: true, lines: wishedLines },
  { code: 'facilityId', label: '所属施設名(フリガナ)', page: 'details', group: facilityGroup, returnable: true, lines: facilityNameLines },
  { code: 'facilityAddress', label: '施設所在地', page: 'details', group: facilityGroup, returnable: false, lines: facilityAddressLines },
  { code: 'facilityTel', label: 'TEL / FAX', page: 'details', group: facilityGroup, returnable: false, lines: facilityTelLines },
  { code: 'facilityOwnerType', label: '開設主体', page: 'details', group: facilityGroup, returnable: false, lines: ownerLines },
  { code: 'facilityBeds', label: '病床の有無・許可病床数', page: 'details', group: facilityGroup, returnable: false, lines: bedLines },
  {
    code: 'facilityAttached',
    label: '併設の施設',
    page: 'details',
    group: facilityGroup,
    returnable: false,
    lines: ({ facility }) => some(facility?.attached ?? ''),
  },
  {
    code: 'workCode',
    label: '施設・業務',
    page: 'details',
    returnable: true,
    lines: ({ details, labels }) => some(labels.work[textOf(details, 'workCode')] ?? textOf(details, 'workCode')),
  },
  { code: 'positionCode', label: '役職', page: 'details', returnable: true, lines: positionLines },
  { code: 'designations', label: '指定医', page: 'details', returnable: true, lines: designationLines },
];

const noteField: JoinField = {
  code: 'note',
  label: '連絡事項',
  page: 'details',
  returnable: true,
  lines: ({ details }) => some(...textOf(details, 'note').split('\n')),
};

/** Code of the category of one association: `categories.27001`. */
export function categoryCode(associationId: number): string {
  return `categories.${categoryField(associationId)}`;
}

/** Code of one row of 提出書類: `document.licence`. */
export function documentCode(paperCode: string): string {
  return `document.${paperCode}`;
}

function choiceLines(choice: ShownChoice | undefined): readonly string[] {
  if (choice === undefined) return [];
  if (choice.before === undefined) return some(choice.categoryName);
  return [choice.before === choice.categoryName ? `${choice.categoryName}(変更なし)` : `${choice.before} → ${choice.categoryName}`];
}

const choicePages: Readonly<Record<ApplicationKind, FormPage>> = {
  join: 'associations',
  change: 'change',
  transfer: 'destination',
  withdrawal: 'withdrawal',
};

function choiceField(kind: ApplicationKind, choice: ShownChoice): JoinField {
  return {
    code: categoryCode(choice.associationId),
    label: `${layerLabel(choice.layer)} ${choice.associationName} 会員区分`,
    page: choicePages[kind],
    returnable: true,
    lines: ({ choices }) => choiceLines(choices.find((one) => one.associationId === choice.associationId)),
  };
}

function factField({ lines: _own, ...fact }: ShownFact): JoinField {
  return { ...fact, lines: ({ facts }) => facts.find((one) => one.code === fact.code)?.lines ?? [] };
}

const changeWish = '入会または異動希望年月日';

/** Step 2 as this kind asks for it. */
function workplaceFields(kind: ApplicationKind): readonly JoinField[] {
  return kind === 'change'
    ? detailFields.map((field) => (field.code === 'wishedOn' ? { ...field, label: changeWish } : field))
    : detailFields;
}

type Fielded = Pick<JoinShown, 'kind' | 'facts' | 'workplace' | 'choices' | 'papers'>;

function paperField(paper: ShownPaper): JoinField {
  return {
    code: documentCode(paper.code),
    label: `提出書類:${paper.title}`,
    page: 'details',
    returnable: true,
    lines: ({ papers }) => paperLines(papers.find((one) => one.code === paper.code)),
  };
}

/** All fields of one application, in the order of the form: its own facts, categories lowest first, details, papers, note. */
export function joinFields(shown: Fielded): readonly JoinField[] {
  return [
    ...shown.facts.map(factField),
    ...shown.choices.map((choice) => choiceField(shown.kind, choice)),
    ...(shown.workplace ? workplaceFields(shown.kind) : []),
    ...shown.papers.map(paperField),
    ...(shown.kind === 'withdrawal' ? [] : [noteField]),
  ];
}

/** Details that are shown and asked for together with another one. */
const belongsTo: Readonly<Record<string, string>> = {
  facilityName: 'facilityId',
  facilityUndecided: 'facilityId',
  positionText: 'positionCode',
  designationText: 'designations',
};

/** The field that a name in a request, an error or a stored change speaks of; undefined when the form has no such field. */
export function fieldOf(fields: readonly JoinField[], name: string): JoinField | undefined {
  const code = belongsTo[name] ?? name;
  return fields.find((field) => field.code === code);
}

/** What an office may ask to correct. */
export function returnableFields(shown: Fielded): readonly JoinField[] {
  return joinFields(shown).filter((field) => field.returnable);
}
