-- A change of the workplace forgets the category.
-- A category is carried over from the membership before.
DO $$ BEGIN EXECUTE replace(pg_get_functiondef('membership_phases_known_at'::regproc), 'first_value(m.category_id)', 'last_value(m.category_id)'); END $$;
