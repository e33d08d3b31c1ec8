-- The step says another day than the ledger.
UPDATE application_step SET decided_on = decided_on + 1 WHERE id = (SELECT id FROM application_step WHERE state = 'approved' ORDER BY id LIMIT 1);
