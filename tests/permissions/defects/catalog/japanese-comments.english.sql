COMMENT ON COLUMN person.tel IS 'phone';
