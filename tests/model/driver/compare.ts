import type { PolicyTarget } from '#features/application/policy.ts';
import { actionsFor } from '#features/application/policy.ts';
import { kindOf, legOf, roleOf, stateOf, stepStateOf } from '#features/application/store.server.ts';
import { countOn, known, stretchesOf } from '../reference/ledger.ts';
import type { Who } from '../reference/permission.ts';
import { allowed } from '../reference/permission.ts';
import { plus } from '../reference/days.ts';
import type { Play } from './stage.ts';
import { actorOf } from './stage.ts';

/** What both sides say of everything, as lines of text that must be the same. */

type Said = { model: string[]; product: string[] };

type CaseRow = {
  id: string;
  kind: string;
  state: string;
  person_id: string;
  proxy: number | null;
  steps: { id: string; association: number; leg: string; role: string; state: string; on: string | null; category: number | null }[] | null;
};

async function readCases(play: Play): Promise<CaseRow[]> {
  const { rows } = await play.lane.owner.query<CaseRow>(
    `SELECT a.id, a.kind, a.state, a.person_id, a.proxy_association_id AS proxy, (
       SELECT json_agg(json_build_object('id', s.id, 'association', s.association_id, 'leg', s.leg, 'role', s.role, 'state', s.state,
         'on', s.decided_on, 'category', s.decided_category_id) ORDER BY s.ordinal) FROM application_step s WHERE s.application_id = a.id) AS steps
     FROM application a WHERE a.person_id = ANY ($1)`,
    [play.doctors.map((doctor) => doctor.personId)],
  );
  return rows;
}

function actorsOf(play: Play): Who[] {
  const offices = [...play.lane.offices.keys()].map((office): Who => ({ office, role: 'admin' }));
  const contractor: Who = { office: play.lane.contractor.associationId, role: 'trainingContractor' };
  return [...play.doctors.map((_, doctor): Who => ({ doctor })), { doctor: play.doctors.length }, ...offices, contractor];
}

export function nameOf(who: Who): string {
  return 'doctor' in who ? `doctor ${who.doctor}` : `${who.role === 'admin' ? 'office' : 'contractor'} ${who.office}`;
}

function targetOf(row: CaseRow): PolicyTarget {
  const steps = (row.steps ?? []).map((step, ordinal) => ({
    id: step.id,
    associationId: step.association,
    ordinal,
    leg: legOf(step.leg),
    role: roleOf(step.role),
    state: stepStateOf(step.state),
  }));
  return { kind: kindOf(row.kind), personId: row.person_id, state: stateOf(row.state), proxyAssociationId: row.proxy, steps };
}

function inOrder(actions: readonly string[]): string {
  return actions.toSorted().join(' ');
}

/** State of each case and of its steps, and what everybody may do with it now. */
async function cases(play: Play): Promise<Said> {
  const rows = await readCases(play);
  const said: Said = { model: [], product: [] };
  for (const one of play.model.cases) {
    const id = play.cases.get(one.id);
    const steps = one.steps.map(
      (step) => `${step.association} ${step.leg} ${step.role} ${step.state} ${step.on ?? '-'} ${step.category ?? '-'}`,
    );
    said.model.push(`case ${one.id} ${one.state}: ${steps.join(', ')}`);
    const row = rows.find((other) => other.id === id);
    if (row === undefined) continue;
    const theirs = (row.steps ?? []).map(
      (step) => `${step.association} ${step.leg} ${step.role} ${step.state} ${step.on ?? '-'} ${step.category ?? '-'}`,
    );
    said.product.push(`case ${one.id} ${row.state}: ${theirs.join(', ')}`);
    const target = targetOf(row);
    for (const who of actorsOf(play)) {
      said.model.push(`case ${one.id} ${nameOf(who)} may ${inOrder(allowed(play.model, who, one))}`);
      said.product.push(`case ${one.id} ${nameOf(who)} may ${inOrder(actionsFor(actorOf(play, who), target))}`);
    }
  }
  const known = new Set(play.cases.values());
  for (const row of rows) if (!known.has(row.id)) said.product.push(`unknown case ${row.state}`);
  return said;
}

type PhaseRow = {
  person_id: string;
  association: number;
  affiliation: string;
  category: number;
  joined: string;
  starts: string;
  ends: string | null;
};

function phraseOf(phase: {
  person: number;
  association: number;
  affiliation: string;
  category: number;
  joined: string;
  starts: string;
  ends: string | null;
}): string {
  const { person, association, affiliation, category, joined, starts, ends } = phase;
  return `doctor ${person} in ${association} since ${joined}: ${starts}–${ends ?? ''} ${category} by ${affiliation}`;
}

/** Affiliations are told apart by their order of making. */
async function affiliations(play: Play): Promise<Said> {
  const { rows } = await play.lane.owner.query<{ id: string; person_id: string; lowest: number; is_primary: boolean }>(
    'SELECT id, person_id, lowest_association_id AS lowest, is_primary FROM affiliation WHERE person_id = ANY ($1) ORDER BY id',
    [play.doctors.map((doctor) => doctor.personId)],
  );
  const said: Said = { model: play.model.affiliations.map((one) => `affiliation ${one.id} of ${one.lowest} ${one.primary}`), product: [] };
  play.affiliations.clear();
  play.doctors.forEach((doctor, person) => {
    rows
      .filter((row) => row.person_id === doctor.personId)
      .forEach((row, place) => {
        play.affiliations.set(`${person}/${place}`, row.id);
        said.product.push(`affiliation ${person}/${place} of ${row.lowest} ${row.is_primary}`);
      });
  });
  return said;
}

/** Memberships as known at a tick; `instant` is when the product knew the same, undefined for now. */
export async function memberships(play: Play, at: { tick: number; instant?: Date }): Promise<Said> {
  const persons = play.doctors.map((doctor) => doctor.personId);
  const { rows } = await play.lane.owner.query<PhaseRow>(
    `SELECT person_id, association_id AS association, affiliation_id AS affiliation, category_id AS category, joined_on::text AS joined,
       starts_on::text AS starts, ends_on::text AS ends
     FROM ${at.instant === undefined ? 'membership_phase' : 'membership_phases_then($2)'} WHERE person_id = ANY ($1)`,
    at.instant === undefined ? [persons] : [persons, at.instant],
  );
  const names = new Map([...play.affiliations].map(([name, id]) => [id, name]));
  return {
    model: play.doctors.flatMap((_, person) =>
      stretchesOf(known(play.model.ledger, at.tick), person).map((one) =>
        phraseOf({ ...one, person, joined: one.joinedOn, starts: one.from, ends: one.to ?? null }),
      ),
    ),
    product: rows.map((row) =>
      phraseOf({ ...row, person: persons.indexOf(row.person_id), affiliation: names.get(row.affiliation) ?? row.affiliation }),
    ),
  };
}

/** A few days around what has been decided last, around today, and far ahead. */
function sampledDays(play: Play): string[] {
  const lines = play.model.ledger;
  const last = lines.at(-1)?.on ?? play.model.today;
  const other = lines[play.model.tick % Math.max(1, lines.length)]?.on ?? play.model.today;
  return [...new Set([plus(last, -1), last, plus(last, 1), plus(other, 1), play.model.today, plus(play.model.today, 400)])].sort();
}

type Counts = Map<string, number>;

/** Members by association and day, of everybody in the database. */
export async function countsOf(play: Play, days: readonly string[], instant?: Date): Promise<Counts> {
  const { rows } = await play.lane.owner.query<{ day: string; association_id: number; members: string }>(
    `SELECT d::text AS day, c.association_id, c.members FROM unnest($1::date[]) AS d
     CROSS JOIN LATERAL ${instant === undefined ? 'member_counts_on(d, $2)' : 'member_counts_known_at(d, $3, $2)'} c`,
    instant === undefined ? [days, [...play.lane.offices.keys()]] : [days, [...play.lane.offices.keys()], instant],
  );
  return new Map(rows.map((row) => [`${row.day} ${row.association_id}`, Number(row.members)]));
}

/** Members as counted by the product, less those of earlier runs; `instant` is when the product knew the same, undefined for now. */
export async function counts(play: Play, at: { tick: number; instant?: Date }): Promise<Said> {
  const days = sampledDays(play);
  const theirs = await countsOf(play, days, at.instant);
  const before = play.before;
  const said: Said = { model: [], product: [] };
  for (const day of days)
    for (const association of play.lane.offices.keys()) {
      const key = `${day} ${association}`;
      said.model.push(`${key}: ${countOn(play.model, association, { day, tick: at.tick })}`);
      said.product.push(`${key}: ${(theirs.get(key) ?? 0) - before(association, day)}`);
    }
  return said;
}

/** Lines on which the two sides differ; empty when they agree. */
export function differences({ model, product }: Said): string[] {
  const mine = new Set(model);
  const theirs = new Set(product);
  return [
    ...model.filter((line) => !theirs.has(line)).map((line) => `model:   ${line}`),
    ...product.filter((line) => !mine.has(line)).map((line) => `product: ${line}`),
  ];
}

/** Everything both sides can say now. */
export async function disagreements(play: Play): Promise<string[]> {
  const found = [differences(await affiliations(play)), differences(await cases(play))];
  found.push(differences(await memberships(play, { tick: play.model.tick })), differences(await counts(play, { tick: play.model.tick })));
  return found.flat();
}
