ALTER TABLE review_message DISABLE TRIGGER USER;
UPDATE review_message SET visible_to = visible_to || 13005;
