INSERT INTO audit_event (chain, at, action, result, actor_kind, target) SELECT chain, at, action, result, actor_kind, target FROM audit_event WHERE action = 'application.approve' ORDER BY id LIMIT 1;
