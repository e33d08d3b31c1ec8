UPDATE audit_event SET action = 'application.viewed' WHERE chain = 27001 AND seq = 3;
