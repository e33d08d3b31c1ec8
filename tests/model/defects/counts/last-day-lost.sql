-- The leave date is no longer counted (rules.md 2.3).
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('count_member_changes'::regproc), 'c.left_on + 1', 'c.left_on'); END $$;
