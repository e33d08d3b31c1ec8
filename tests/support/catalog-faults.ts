import type { Client } from 'pg';

/** P6: what the catalog must never say. Every statement names the offenders and must return no row. */

/** Nothing recorded is ever updated or deleted (`rules.md 2.1, 8.1`). */
const tablesOfRecord = [
  'membership_event',
  'application_action',
  'application_form',
  'review_message',
  'office_memo',
  'member_memo',
  'member_guidance',
  'bulk_run',
  'bulk_row',
  'bulk_result',
  'data_export_ids',
  'data_export_event',
  'audit_event',
  'audit_check',
  'outbox',
  'profile_change',
  'profile_change_paper',
  'association_settings',
  'association_info',
  'association_seal',
  'association_breach_mail',
  'association_closing',
  'association_first_admin',
  'association_opening_withdrawal',
  'association_settings_withdrawal',
  'paper_form',
  'association',
  'terms_version',
  'terms_consent',
  'member_field_value',
  'notice_read',
  'notice_office_read',
  'inquiry_message',
  'inquiry_pass',
  'inquiry_file',
];

/** The only tables without row-level security, because nothing in them is about a person. A new table is not among them by itself. */
const impersonal = [
  'association',
  'association_version',
  'code_value',
  'facility',
  'audit_head',
  'migration',
  'installation',
  'system_setting',
  'usual_time',
  'terms_version',
];

/** Columns that the app role may change although the rest of their table stands still. */
const changeable = [
  'document.removed_at',
  'paper_original.removed_at',
  'office_task.done_at',
  'office_task.done_by',
  'stored_file.erased_at',
];

/** Functions with the owner's rights that ask the context themselves and answer no more than it may know. */
const contextual = [
  'affiliation_is_of',
  'association_admins',
  'association_invitations',
  'forget_first_admins',
  'association_burden',
  'association_move_numbers',
  'association_move_progress',
  'association_movers',
  'association_staff_to_carry',
  'audit_write',
  'change_unseen_licence',
  'end_staff_sessions',
  'free_files',
  'last_guidance_at',
  'last_login_of',
  'inquiry_holder',
  'lift_staff_factor',
  'readdress_case',
  'selection_holds_me',
  'revise_association',
  'linked_case',
  'mailing_in_use',
  'member_counts_known_at',
  'member_counts_on',
  'memberships_ever',
  'notice_readers_count',
  'notice_meets_me',
  'notice_reads',
  'notice_stop_mails',
  'own_access_count',
  'own_access_log',
  'periods_below',
  'persons_designated',
  'namesake_known_to',
  'persons_in_question',
  'staff_factors',
  'staff_logins',
];

const japanese = '[ぁ-んァ-ヶ一-龠]';
/** Words that Japanese forms write in Latin letters. */
const latinWords = ['TEL', 'FAX'];

const list = (words: readonly string[]): string => `ARRAY[${words.map((word) => `'${word}'`).join(', ')}]::text[]`;
const ours = `c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`;

export const catalogChecks: readonly { id: string; title: string; sql: string }[] = [
  {
    id: 'records-stand',
    title: '記録の表に対して、アプリケーションの役割は UPDATE / DELETE / TRUNCATE を持たない',
    sql: `SELECT format('%s %s', t, p) AS found FROM unnest(${list(tablesOfRecord)}) AS t CROSS JOIN unnest(${list(['UPDATE', 'DELETE', 'TRUNCATE'])}) AS p
        WHERE has_table_privilege('mamis_app', t, p)
      UNION ALL
      SELECT format('%s.%s UPDATE', c.relname, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE ${ours} AND c.relname = ANY (${list([...tablesOfRecord, 'document', 'paper_original', 'office_task', 'stored_file'])})
          AND has_column_privilege('mamis_app', c.oid, a.attnum, 'UPDATE') AND NOT c.relname || '.' || a.attname = ANY (${list(changeable)})`,
  },
  {
    id: 'no-truncate',
    title: 'アプリケーションの役割は、どの表も空にできず、参照制約も引き金も作れない',
    sql: `SELECT format('%s %s', c.relname, p) AS found FROM pg_class c CROSS JOIN unnest(${list(['TRUNCATE', 'REFERENCES', 'TRIGGER'])}) AS p
      WHERE ${ours} AND has_table_privilege('mamis_app', c.oid, p)`,
  },
  {
    id: 'role-owns-nothing',
    title: 'アプリケーションの役割は何も所有せず、特権もほかの役割も持たない',
    sql: `SELECT format('owns %s', c.relname) AS found FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'mamis_app'
      UNION ALL SELECT format('owns function %s', p.proname) FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE r.rolname = 'mamis_app'
      UNION ALL SELECT format('owns schema %s', n.nspname) FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE r.rolname = 'mamis_app'
      UNION ALL SELECT 'has privileges of its own' FROM pg_roles WHERE rolname = 'mamis_app'
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin)
      UNION ALL SELECT format('is member of %s', r.rolname) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = 'mamis_app'
      UNION ALL SELECT format('may create in %s', n.nspname) FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND has_schema_privilege('mamis_app', n.oid, 'CREATE')
      UNION ALL SELECT format('%s of %s', p, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN unnest(${list(['SELECT', 'INSERT', 'UPDATE', 'DELETE'])}) AS p
        WHERE n.nspname = 'graphile_worker' AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege('mamis_app', c.oid, p)`,
  },
  {
    id: 'second-wall-stands',
    title: '個人の記録を持つ表にはすべて行の見える範囲が定められている',
    sql: `SELECT format('%s has no row-level security', c.relname) AS found FROM pg_class c
        WHERE ${ours} AND NOT c.relrowsecurity AND NOT c.relname = ANY (${list(impersonal)})
      UNION ALL SELECT format('%s has no policy', c.relname) FROM pg_class c
        WHERE ${ours} AND c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
      UNION ALL SELECT format('%s.%s lets everybody in', tablename, policyname) FROM pg_policies
        WHERE schemaname = 'public' AND qual = 'true'
      UNION ALL SELECT format('%s is a view that sees as its owner', c.relname) FROM pg_class c
        WHERE ${ours} AND c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
      UNION ALL SELECT format('%s holds %s and is called impersonal', c.relname, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
        WHERE ${ours} AND c.relname = ANY (${list(impersonal)}) AND a.attname IN ('person_id', 'surname', 'birth_on', 'login_id', 'licence')`,
  },
  {
    id: 'definer-functions',
    title: '所有者の権限で動く関数は探索経路を固定し、範囲を変えるものは直接呼べない',
    sql: `SELECT format('%s has no search_path', p.proname) AS found FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%pg_temp%')
      UNION ALL SELECT format('%s may be called', p.proname) FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
          AND NOT p.proname = ANY (${list(contextual)}) AND has_function_privilege('mamis_app', p.oid, 'EXECUTE')`,
  },
  {
    id: 'files-once',
    title: '保管したファイルを指す表はすべて、ほかの表のものになっているファイルを断る',
    sql: `SELECT DISTINCT c.conrelid::regclass::text AS found FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass
        AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.conrelid AND t.tgfoid = 'file_claimed'::regproc AND t.tgenabled <> 'D')`,
  },
  {
    id: 'japanese-comments',
    title: 'すべての表・列・関数に日本語の説明がある',
    sql: `SELECT c.relname AS found FROM pg_class c WHERE ${ours} AND coalesce(obj_description(c.oid, 'pg_class'), '') !~ '${japanese}'
      UNION ALL SELECT format('%s.%s', c.relname, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE ${ours} AND coalesce(col_description(c.oid, a.attnum), '') !~ '${japanese}' AND NOT coalesce(col_description(c.oid, a.attnum), '') = ANY (${list(latinWords)})
      UNION ALL SELECT format('%s()', p.proname) FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') AND coalesce(obj_description(p.oid, 'pg_proc'), '') !~ '${japanese}'`,
  },
];

export type CatalogFault = { id: string; found: string[] };

/** The faults that an owner's connection finds, also inside its open transaction. */
export async function catalogFaults(client: Pick<Client, 'query'>): Promise<CatalogFault[]> {
  const faults: CatalogFault[] = [];
  for (const { id, sql } of catalogChecks) {
    const { rows } = await client.query<{ found: string }>(sql);
    if (rows.length > 0) faults.push({ id, found: rows.map((row) => row.found) });
  }
  return faults;
}
