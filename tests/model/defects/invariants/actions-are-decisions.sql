DELETE FROM application_action WHERE id = (SELECT min(id) FROM application_action WHERE action = 'approve');
