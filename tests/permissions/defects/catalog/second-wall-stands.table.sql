-- A new table about persons, forgotten behind the wall.
CREATE TABLE certificate (id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person);
COMMENT ON TABLE certificate IS '在籍証明書';
COMMENT ON COLUMN certificate.id IS '内部番号';
COMMENT ON COLUMN certificate.person_id IS '医師';
GRANT SELECT ON certificate TO mamis_app;
