import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Client } from 'pg';

/** Writes `src/platform/db/schema.gen.ts` and `db/schema.sql` from a migrated database: node scripts/generate-db.ts URL */
const url = process.argv[2];
if (url === undefined) throw new Error('usage: node scripts/generate-db.ts DATABASE_URL');

const mapping = {
  date: 'Day',
  int8: 'number',
  daterange: 'string',
  jsonb: 'Json',
};
execFileSync(
  'kysely-codegen',
  [
    '--dialect',
    'postgres',
    '--url',
    url,
    '--default-schema',
    'public',
    '--include-pattern',
    'public.*',
    '--out-file',
    'src/platform/db/schema.gen.ts',
    '--date-parser',
    'string',
    '--type-mapping',
    JSON.stringify(mapping),
    '--custom-imports',
    JSON.stringify({ Day: '#kernel/day.ts' }),
  ],
  { stdio: 'inherit' },
);

const parts: readonly [string, string][] = [
  [
    'tables',
    `SELECT format(E'TABLE %I\\n%s', c.relname, string_agg(format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
      CASE WHEN d.oid IS NULL THEN '' ELSE (CASE a.attgenerated WHEN 's' THEN ' GENERATED ' ELSE ' DEFAULT ' END) || pg_get_expr(d.adbin, d.adrelid) END), E'\\n' ORDER BY a.attnum)) AS line
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
  ],
  [
    'constraints',
    `SELECT format('%s: %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n' ORDER BY conrelid::regclass::text COLLATE "C", conname COLLATE "C"`,
  ],
  ['indexes', `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname COLLATE "C"`],
  [
    'policies',
    `SELECT format('%s: %s %s USING %s CHECK %s', tablename, policyname, cmd, qual, with_check) AS line FROM pg_policies ORDER BY tablename COLLATE "C", policyname COLLATE "C"`,
  ],
  [
    'triggers',
    `SELECT pg_get_triggerdef(oid) AS line FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'graphile%' ORDER BY tgname COLLATE "C"`,
  ],
  [
    'functions',
    `SELECT format('%s(%s) returns %s', p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid)) || E'\\n' || p.prosrc AS line FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname <> 'fold_name' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') ORDER BY p.proname COLLATE "C"`,
  ],
  [
    'grants',
    `SELECT format('%s: %s', table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type COLLATE "C")) AS line
    FROM information_schema.role_table_grants WHERE grantee = 'mamis_app' AND table_schema = 'public' GROUP BY table_name ORDER BY table_name COLLATE "C"`,
  ],
];

const client = new Client({ connectionString: url });
await client.connect();
const sections: string[] = [];
for (const [title, sql] of parts) {
  const rows = await client.query<{ line: string }>(sql);
  sections.push(`-- ${title}\n\n${rows.rows.map((row) => row.line.replaceAll('\r', '')).join('\n\n')}\n`);
}
await client.end();
writeFileSync('db/schema.sql', `-- Generated from the migrations; do not edit.\n\n${sections.join('\n')}`);
