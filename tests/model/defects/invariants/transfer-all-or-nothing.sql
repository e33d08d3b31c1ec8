-- A transfer has ended in 取消, but what it did stands.
UPDATE application SET state = 'cancelled'
WHERE id = (SELECT id FROM application WHERE kind = 'transfer' AND state = 'completed' ORDER BY id LIMIT 1);
