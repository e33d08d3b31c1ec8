import type { Client } from 'pg';

/** What is asked in a measurement: the same questions of offices small and large, with different values each time. */

export type Variant = { path: string; associationId: number };

export type Scenario = { key: string; title: string; kind: 'json' | 'page'; goal: number; variants: Variant[] };

const offices = [0, 27000, 13000, 14000, 27001, 13005, 14501] as const;
const perOffice = 8;

async function strings(client: Client, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ value: string }>(text, values);
  return rows.map((row) => row.value);
}

type Material = { associationId: number; deep: string[]; kana: string[]; licences: string[]; open: string[]; members: string[] };

/** Values that exist, picked the same way at every run. */
async function materialOf(client: Client, associationId: number): Promise<Material> {
  const ofMembers = (value: string, salt: string) =>
    strings(
      client,
      `SELECT ${value} AS value FROM (SELECT person_id FROM membership_period WHERE association_id = $1 AND left_on IS NULL ORDER BY md5(person_id::text || $2) LIMIT ${perOffice}) m
     JOIN person p ON p.id = m.person_id JOIN person_licence l ON l.person_id = p.id`,
      [associationId, salt],
    );
  return {
    associationId,
    deep: await strings(
      client,
      `SELECT application_id::text AS value FROM application_step WHERE association_id = $1 ORDER BY submitted_at DESC, application_id DESC
      OFFSET (SELECT (count(*) * 0.6)::int FROM application_step WHERE association_id = $1) LIMIT ${perOffice}`,
      [associationId],
    ),
    kana: await ofMembers('left(p.kana_fold, 6)', 'kana'),
    licences: await ofMembers('l.number', 'licence'),
    open: await strings(
      client,
      `SELECT application_id::text AS value FROM application_step WHERE association_id = $1 AND open AND state IN ('arrived', 'received') ORDER BY md5(id::text) LIMIT ${perOffice}`,
      [associationId],
    ),
    members: await ofMembers('p.id::text', 'members'),
  };
}

const days = ['2026-10-01', '2025-12-01', '2024-04-01', '2022-12-01', '2019-07-15', '2015-03-31', '2012-12-01', '2010-08-01'] as const;

type Asked = Pick<Scenario, 'key' | 'title'> & { variants: Variant[] };

const once = (path: string): Variant[] => offices.map((associationId) => ({ path, associationId }));

/** One path for each value of the material; `at` ends where the value goes. */
function each(material: readonly Material[], list: Exclude<keyof Material, 'associationId'>, at: string): Variant[] {
  return material.flatMap((one) =>
    one[list].map((value) => ({ path: `${at}${encodeURIComponent(value)}`, associationId: one.associationId })),
  );
}

function jsonOf(material: readonly Material[]): Asked[] {
  const counts = days.flatMap((on) => offices.map((id) => ({ path: `/member-counts?asOf=${on}&association=${id}`, associationId: id })));
  return [
    { key: 'list', title: '申請一覧、最初の50件', variants: once('/applications?size=50') },
    { key: 'deep', title: '申請一覧、60%の深さの50件', variants: each(material, 'deep', '/applications?tab=all&size=50&after=') },
    { key: 'kana', title: '会員検索、カナの先頭6字', variants: each(material, 'kana', '/members?name=') },
    { key: 'licence', title: '会員検索、医籍登録番号', variants: each(material, 'licences', '/members?licence=') },
    { key: 'detail', title: '申請の詳細', variants: each(material, 'open', '/applications/') },
    { key: 'count', title: 'ある日の会員数、一つの医師会', variants: counts },
    {
      key: 'counts',
      title: 'ある日の会員数、全医師会',
      variants: days.map((on) => ({ path: `/member-counts?asOf=${on}`, associationId: 0 })),
    },
  ];
}

function pagesOf(material: readonly Material[]): Asked[] {
  return [
    { key: 'listPage', title: '画面: 申請管理、25件', variants: once('/office/applications') },
    { key: 'detailPage', title: '画面: 申請の詳細', variants: each(material, 'open', '/office/applications/') },
    { key: 'membersPage', title: '画面: 会員情報管理、カナ検索', variants: each(material, 'kana', '/office/members?name=') },
  ];
}

/** All reading scenarios for one database. */
export async function makeScenarios(client: Client): Promise<Scenario[]> {
  const material: Material[] = [];
  for (const associationId of offices) material.push(await materialOf(client, associationId));
  const json = jsonOf(material).map((asked): Scenario => {
    const variants = asked.variants.map((one) => ({ ...one, path: `/api/v1${one.path}` }));
    return { ...asked, kind: 'json', goal: 0.5, variants };
  });
  return [...json, ...pagesOf(material).map((asked): Scenario => ({ ...asked, kind: 'page', goal: 0.5 }))];
}

export type OpenDecision = {
  applicationId: string;
  stepId: string;
  nextStepId: string | null;
  personId: string;
  associationId: number;
  lowestAssociationId: number;
  affiliationId: string | null;
  categoryId: number;
  decidedOn: string;
  version: number;
};

/** Cases that wait for a decision somewhere in the country, in a shuffled order. */
export async function openDecisions(client: Client): Promise<OpenDecision[]> {
  const { rows } = await client.query<OpenDecision>(
    `SELECT a.id AS "applicationId", s.id AS "stepId", n.id AS "nextStepId", a.person_id AS "personId", s.association_id AS "associationId", a.affiliation_id AS "affiliationId",
       (a.form ->> 'lowestAssociationId')::int AS "lowestAssociationId", s.category_id AS "categoryId", a.wished_on::text AS "decidedOn", a.version
     FROM application_step s JOIN application a ON a.id = s.application_id
     LEFT JOIN application_step n ON n.application_id = s.application_id AND n.ordinal = s.ordinal + 1
     WHERE s.open AND s.state IN ('arrived', 'received') AND a.state = 'submitted' AND a.kind = 'join'
     ORDER BY md5(s.id::text)`,
  );
  return rows;
}
