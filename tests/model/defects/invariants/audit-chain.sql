DELETE FROM audit_event WHERE id = (SELECT id FROM audit_event WHERE chain = 27001 AND seq = 2);
