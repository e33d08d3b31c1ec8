-- The leave date is no longer a day of membership (rules.md 2.3).
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('membership_phases_known_at'::regproc), $f$CASE WHEN f.next_does = 'left' THEN f.next_on ELSE f.next_on - 1 END$f$, 'f.next_on - 1'); END $$;
