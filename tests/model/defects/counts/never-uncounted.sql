-- Periods that are derived anew stay counted as they were.
DROP TRIGGER membership_period_uncounted ON membership_period;
