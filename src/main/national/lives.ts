import type { Dice } from '../demo/random.ts';
import type { Country, Leaf } from './country.ts';
import type { DayNumber } from './dates.ts';
import { monthStart } from './dates.ts';

/** Made-up lives of doctors over twenty years: what they applied for and what became of it. Pure chance, the same for the same seed. */

export type StepFate = 'approved' | 'acknowledged' | 'arrived' | 'received' | 'returned' | 'rejected' | 'waiting' | 'skipped';

export type CaseState = 'submitted' | 'returned' | 'completed' | 'rejected' | 'retracted' | 'cancelled';

export type MadeCase = {
  kind: 'join' | 'change' | 'withdrawal';
  state: CaseState;
  submitted: DayNumber;
  effective: DayNumber;
  /** Which affiliation of the life; undefined while nothing was approved. */
  affiliation: number | undefined;
  lowest: number;
  steps: { associationId: number; layer: number; fate: StepFate; category: string | undefined }[];
  /** What an approved step writes into the ledger. */
  deed: 'joined' | 'left' | 'category_changed' | 'facility_changed';
  facility: number | undefined;
};

export type MadeAffiliation = { leaf: Leaf; facility: number };

export type Life = { born: DayNumber; graduatedYear: number; licensed: DayNumber; affiliations: MadeAffiliation[]; cases: MadeCase[] };

export type LifeQuestion = { country: Country; today: DayNumber; dice: Dice };

const year = 365.25;
const inUse = 20 * year;

type Link = { id: number; layer: number };

function chainUpTo(leaf: Leaf, top: number): readonly Link[] {
  return leaf.chain.filter((link) => link.layer >= top);
}

function categoryAt(yearsOfWork: number, dice: Dice): string {
  if (yearsOfWork < 2) return dice.chance(0.5) ? 'C' : 'A2C';
  return yearsOfWork < 12 ? (dice.chance(0.6) ? 'B' : 'A2B') : 'A1';
}

const after: Readonly<Record<string, string>> = { C: 'B', A2C: 'A2B', B: 'A1', A2B: 'A1' };

type Stay = { leaf: Leaf; links: readonly Link[]; joined: DayNumber; category: string };

function joinCase(stay: Stay, about: { affiliation: number; facility: number; dice: Dice }): MadeCase {
  return {
    kind: 'join',
    state: 'completed',
    submitted: stay.joined - about.dice.from(30, 50),
    effective: stay.joined,
    affiliation: about.affiliation,
    lowest: stay.leaf.id,
    steps: stay.links.map((link) => ({ associationId: link.id, layer: link.layer, fate: 'approved', category: stay.category })),
    deed: 'joined',
    facility: about.facility,
  };
}

/** Withdrawal: the lowest association decides, those above are told. */
function leaveCase(stay: Stay, about: { affiliation: number; left: DayNumber; dice: Dice }): MadeCase {
  return {
    kind: 'withdrawal',
    state: 'completed',
    submitted: about.left - about.dice.from(25, 50),
    effective: about.left,
    affiliation: about.affiliation,
    lowest: stay.leaf.id,
    steps: stay.links.map((link, index) => ({
      associationId: link.id,
      layer: link.layer,
      fate: index === 0 ? 'approved' : 'acknowledged',
      category: undefined,
    })),
    deed: 'left',
    facility: undefined,
  };
}

function changes(stay: Stay, about: { affiliation: number; until: DayNumber; dice: Dice }): MadeCase[] {
  const { dice, until } = about;
  const made: MadeCase[] = [];
  const base = { kind: 'change' as const, state: 'completed' as const, affiliation: about.affiliation, lowest: stay.leaf.id };
  let code = stay.category;
  for (let on = stay.joined + 400 + dice.from(0, 1500); on < until - 60; on += 400 + dice.from(0, 2600)) {
    const next = after[code];
    if (next !== undefined && dice.chance(0.6)) {
      code = next;
      const steps = stay.links.map((link) => ({ associationId: link.id, layer: link.layer, fate: 'approved' as const, category: code }));
      made.push({ ...base, submitted: on - dice.from(25, 45), effective: on, steps, deed: 'category_changed', facility: undefined });
    } else {
      const [lowest] = stay.links;
      if (lowest === undefined) continue;
      const steps = [{ associationId: lowest.id, layer: lowest.layer, fate: 'approved' as const, category: undefined }];
      made.push({
        ...base,
        submitted: on - dice.from(25, 45),
        effective: on,
        steps,
        deed: 'facility_changed',
        facility: dice.from(0, stay.leaf.facilities - 1),
      });
    }
  }
  return made;
}

function live(life: Life, question: LifeQuestion): void {
  const { country, today, dice } = question;
  const first = Math.max(life.licensed + 300, today - inUse);
  if (first > today - 120) return;
  let joined = monthStart(Math.round(first + dice.next() ** 1.5 * (today - 90 - first)) + 28);
  for (let stint = 0; stint < 6 && joined < today - 60; stint += 1) {
    const leaf = country.pickLeaf(dice);
    const draw = dice.next();
    const stay: Stay = {
      leaf,
      links: chainUpTo(leaf, draw < 0.8 ? 1 : draw < 0.93 ? 2 : 3),
      joined,
      category: categoryAt((joined - life.licensed) / year, dice),
    };
    const affiliation = life.affiliations.push({ leaf, facility: dice.from(0, leaf.facilities - 1) }) - 1;
    life.cases.push(joinCase(stay, { affiliation, facility: life.affiliations[affiliation]?.facility ?? 0, dice }));
    const left = monthStart(joined + 700 + Math.round(dice.next() * 9000)) - 1;
    const leaves = left < today - 60 && dice.chance(0.72);
    life.cases.push(...changes(stay, { affiliation, until: leaves ? left : today, dice }));
    if (!leaves) return;
    life.cases.push(leaveCase(stay, { affiliation, left, dice }));
    if (dice.chance(0.22)) return;
    joined = left + 1;
  }
}

/** A second workplace in another prefecture; 日本医師会 is carried by the first affiliation. */
function second(life: Life, question: LifeQuestion): void {
  const { country, today, dice } = question;
  const leaf = country.pickLeaf(dice);
  const home = life.affiliations[0]?.leaf;
  const start = life.cases[0]?.effective;
  if (home === undefined || start === undefined || life.affiliations.length !== 1 || leaf.prefectureCode === home.prefectureCode) return;
  const joined = monthStart(start + dice.from(200, 3000));
  if (joined > today - 60) return;
  const affiliation = life.affiliations.push({ leaf, facility: 0 }) - 1;
  const stay: Stay = { leaf, links: chainUpTo(leaf, 2), joined, category: 'B' };
  life.cases.push(joinCase(stay, { affiliation, facility: 0, dice }));
}

const endings = [
  ['rejected', 0.4],
  ['retracted', 0.7],
  ['cancelled', 1],
] as const;

/** A join that was not approved by its first association. */
function failed(life: Life, question: LifeQuestion): void {
  const { country, today, dice } = question;
  const leaf = country.pickLeaf(dice);
  const draw = dice.next();
  const state = endings.find(([, upTo]) => draw < upTo)?.[0] ?? 'cancelled';
  const submitted = today - dice.from(80, 7000);
  if (submitted < life.licensed + 60) return;
  const links = chainUpTo(leaf, 1);
  life.cases.push({
    kind: 'join',
    state,
    submitted,
    effective: submitted + 30,
    affiliation: undefined,
    lowest: leaf.id,
    deed: 'joined',
    facility: dice.from(0, leaf.facilities - 1),
    steps: links.map((link, index) => ({
      associationId: link.id,
      layer: link.layer,
      fate: state === 'rejected' && index === 0 ? 'rejected' : 'skipped',
      category: 'B',
    })),
  });
}

/** A join under way: at the first, the second or the last association. */
function running(life: Life, question: LifeQuestion): void {
  const { country, today, dice } = question;
  const leaf = country.pickLeaf(dice);
  const links = chainUpTo(leaf, 1);
  const where = dice.next();
  const at = where < 0.5 ? 0 : where < 0.75 ? 1 : links.length - 1;
  const draw = dice.next();
  const fate: StepFate = draw < 0.6 ? 'arrived' : draw < 0.9 ? 'received' : 'returned';
  const submitted = today - 12 - Math.round(dice.next() ** 2 * 50);
  const affiliation = at === 0 ? undefined : life.affiliations.push({ leaf, facility: dice.from(0, leaf.facilities - 1) }) - 1;
  life.cases.push({
    kind: 'join',
    state: fate === 'returned' ? 'returned' : 'submitted',
    submitted,
    effective: monthStart(submitted + 32),
    affiliation,
    lowest: leaf.id,
    deed: 'joined',
    facility: affiliation === undefined ? undefined : life.affiliations[affiliation]?.facility,
    steps: links.map((link, index) => ({
      associationId: link.id,
      layer: link.layer,
      fate: index < at ? 'approved' : index === at ? fate : 'waiting',
      category: 'B',
    })),
  });
}

/** One doctor: four in five have been members, the others tried, are trying, or never did. */
export function makeLife(question: LifeQuestion): Life {
  const { today, dice } = question;
  const age = dice.from(26, 62) + (dice.chance(0.3) ? dice.from(5, 25) : 0);
  const born = Math.max(1, Math.round(today - age * year - dice.from(0, 364)));
  const graduatedYear = 1930 + Math.floor((born + 24.8 * year) / year);
  const licensed = Math.round((graduatedYear - 1930) * year) + 110 + dice.from(0, 30);
  const life: Life = { born, graduatedYear, licensed, affiliations: [], cases: [] };
  const draw = dice.next();
  if (draw < 0.8) live(life, question);
  else if (draw < 0.87) running(life, question);
  if (draw < 0.04) second(life, question);
  if (dice.chance(0.16) && life.cases.every((made) => made.state === 'completed')) failed(life, question);
  return life;
}
