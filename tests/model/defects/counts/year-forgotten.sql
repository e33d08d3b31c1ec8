-- What happened in earlier years is not added up.
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('member_counts_on'::regproc), 'y.year < this_year', 'y.year < this_year - 1'); END $$;
