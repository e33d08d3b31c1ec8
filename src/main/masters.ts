import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { associationSettings } from '#features/association/schema.ts';
import { sinceEver } from '#kernel/since-ever.ts';

/**
 * Brings the master tables to the CSV files of `db/masters`: what is missing is added, what an office or the JMA has
 * changed since stays. Runs as the owner at every start; a second run changes nothing.
 */

type Line = Record<string, string>;

const directory = new URL('../../db/masters/', import.meta.url);
/** 施行日 of the first texts: before anybody could agree to them. */
const firstTermsDay = '2025-04-01';

async function readLines(name: string): Promise<Line[]> {
  return parse<Line>(await readFile(new URL(name, directory)), { columns: true, bom: true });
}

function cell(line: Line, column: string): string {
  return line[column] ?? '';
}

async function loadAssociations(client: Client): Promise<void> {
  const lines = (await readLines('associations.csv')).sort((a, b) => Number(cell(a, 'layer')) - Number(cell(b, 'layer')));
  const column = (name: string) => lines.map((line) => cell(line, name));
  await client.query(
    `INSERT INTO association (id, code, layer, kind, prefecture_code, certainty)
     SELECT code::int, code, layer, kind, nullif(prefecture, ''), certainty
     FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[]) AS t(code, layer, kind, prefecture, certainty)
     ON CONFLICT (id) DO NOTHING`,
    [column('code'), column('layer'), column('kind'), column('prefecture_code'), column('certainty')],
  );
  await client.query(
    `INSERT INTO association_version (association_id, starts_on, parent_id, name, kana)
     SELECT code::int, $5::date, nullif(parent, '')::int, name, kana
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS t(code, parent, name, kana)
     WHERE NOT EXISTS (SELECT FROM association_version v WHERE v.association_id = t.code::int)`,
    [column('code'), column('parent_code'), column('name'), column('kana'), sinceEver],
  );
  await client.query(
    `INSERT INTO association_settings (association_id, version, starts_on, settings, reason)
     SELECT a.id, 1, $1::date, $2::jsonb, '初期設定' FROM association a
     WHERE NOT EXISTS (SELECT FROM association_settings s WHERE s.association_id = a.id)`,
    [sinceEver, JSON.stringify(associationSettings.parse({}))],
  );
}

/** Every association starts with the five categories of the JMA; offices change them in `screens.md O-20`. */
async function loadCategories(client: Client): Promise<void> {
  for (const line of await readLines('jma_member_categories.csv')) {
    await client.query(
      `INSERT INTO member_category (association_id, code, name, description, jma_code, liability_insurance, trainee, starts_on, sort_order)
       SELECT a.id, $1, $2, $3, $1, $4, $5, $6::date, $7 FROM association a
       ON CONFLICT (association_id, code) DO NOTHING`,
      [
        cell(line, 'code'),
        cell(line, 'label'),
        cell(line, 'description'),
        cell(line, 'liability_insurance') === 'yes',
        cell(line, 'trainee') === 'yes',
        sinceEver,
        Number(cell(line, 'sort_order')),
      ],
    );
  }
}

type CodeFile = { file: string; list: (line: Line) => string; label: string; kana?: string; code?: string; detail: readonly string[] };

const codeFiles: readonly CodeFile[] = [
  { file: 'prefectures.csv', list: () => 'prefecture', label: 'name', kana: 'kana', detail: ['region', 'association_code'] },
  {
    file: 'clinical_departments.csv',
    list: () => 'department',
    label: 'name',
    kana: 'kana',
    detail: ['selectable_as_main', 'selectable_as_other'],
  },
  {
    file: 'facility_work_codes.csv',
    list: () => 'work',
    label: 'label',
    detail: ['facility_type', 'role', 'is_manager', 'facility_required'],
  },
  { file: 'facility_owner_types.csv', list: () => 'ownerType', label: 'name', detail: ['includes'] },
  { file: 'designated_doctor_types.csv', list: () => 'designation', label: 'label', detail: ['free_text', 'free_text_max'] },
  { file: 'positions.csv', list: () => 'position', label: 'label', detail: ['free_text_max'] },
  { file: 'medical_schools.csv', list: () => 'school', label: 'name', kana: 'kana', detail: ['kind', 'aliases', 'prefecture_code'] },
  { file: 'medical_societies.csv', list: () => 'society', label: 'name', kana: 'kana', detail: [] },
  {
    file: 'reasons.csv',
    list: (line) => `reason.${cell(line, 'use')}`,
    label: 'label',
    detail: ['group', 'requires_text', 'selectable_by', 'note'],
  },
  {
    file: 'jma_member_categories.csv',
    list: () => 'jmaCategory',
    label: 'label',
    detail: ['formal_name', 'description', 'liability_insurance', 'trainee', 'next_after_training'],
  },
  { file: 'fee_waivers.csv', list: () => 'feeWaiver', label: 'name', detail: ['body', 'rule', 'computable', 'valid_from', 'source'] },
];

async function loadCodes(client: Client): Promise<void> {
  for (const source of codeFiles) {
    const lines = await readLines(source.file);
    const rows = lines.map((line, index) => ({
      list: source.list(line),
      code: cell(line, 'code'),
      label: cell(line, source.label),
      kana: source.kana === undefined ? '' : cell(line, source.kana),
      detail: Object.fromEntries(source.detail.map((name) => [name, cell(line, name)])),
      sort: index + 1,
      certainty: cell(line, 'certainty') || 'unverified',
    }));
    await client.query(
      `INSERT INTO code_value (list, code, label, kana, detail, sort_order, certainty)
       SELECT r.list, r.code, r.label, r.kana, r.detail, r.sort, r.certainty
       FROM jsonb_to_recordset($1::jsonb) AS r(list text, code text, label text, kana text, detail jsonb, sort int, certainty text)
       ON CONFLICT (list, code) DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }
}

/** The texts that people agree to; a new version comes by the JMA's own screen (`screens.md J-09`), never by changing a file. */
async function loadTerms(client: Client): Promise<void> {
  for (const kind of ['terms', 'privacy', 'office']) {
    const body = await readFile(new URL(`${kind}-1.txt`, directory), 'utf8');
    await client.query(
      `INSERT INTO terms_version (kind, version, effective_on, body) VALUES ($1, 1, $2, $3) ON CONFLICT (kind, version) DO NOTHING`,
      [kind, firstTermsDay, body],
    );
  }
}

/** Loads all masters in one transaction. @throws when a file is missing or a line does not fit. */
export async function loadMasters(config: { ownerUrl: string }, log: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: config.ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await loadAssociations(client);
    await loadCategories(client);
    await loadCodes(client);
    await loadTerms(client);
    await client.query('COMMIT');
    const count = await client.query<{ n: string }>('SELECT count(*) AS n FROM association');
    log(`masters: ${count.rows[0]?.n ?? 0} associations`);
  } finally {
    await client.end();
  }
}
