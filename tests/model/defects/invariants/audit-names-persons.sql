INSERT INTO audit_event (chain, at, action, result, actor_kind, person_ids) VALUES (-1, now(), 'member.viewed', 'done', 'system', ARRAY['00000000-0000-7000-8000-000000000000']::uuid[]);
