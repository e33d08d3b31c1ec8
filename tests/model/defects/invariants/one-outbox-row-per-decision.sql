DELETE FROM outbox WHERE id = (SELECT min(id) FROM outbox WHERE kind = 'application.approved');
