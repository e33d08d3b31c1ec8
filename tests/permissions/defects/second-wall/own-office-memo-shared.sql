UPDATE office_memo m SET visible_to = a.visible_to FROM application a WHERE a.id = m.application_id;
