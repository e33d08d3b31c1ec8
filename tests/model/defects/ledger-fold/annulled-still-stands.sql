-- An annulled record still counts.
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('membership_phases_known_at'::regproc), $f$WHERE s.supersedes = e.id$f$, $f$WHERE s.supersedes = e.id AND s.kind <> 'annulled'$f$); END $$;
