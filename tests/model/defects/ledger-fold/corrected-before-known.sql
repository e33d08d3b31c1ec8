-- A correction changes what was known before it was made.
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('membership_phases_known_at'::regproc), 'AND s.recorded_at <= known_at', ''); END $$;
