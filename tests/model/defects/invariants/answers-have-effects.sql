-- An answer that was given although the change was taken back.
INSERT INTO idempotency (actor_key, key, command, input_hash, outcome)
  SELECT actor_key, 'lost', 'application.approve', input_hash, outcome FROM idempotency WHERE command = 'application.submit' LIMIT 1;
