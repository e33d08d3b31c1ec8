INSERT INTO outbox (kind, payload) SELECT kind, payload FROM outbox WHERE kind = 'application.returned' ORDER BY id LIMIT 1;
