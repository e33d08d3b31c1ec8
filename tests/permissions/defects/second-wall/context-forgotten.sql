-- A missing context counts as "all".
CREATE OR REPLACE FUNCTION ctx_scope() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(nullif(current_setting('mamis.scope', true), ''), 'all') $$;
