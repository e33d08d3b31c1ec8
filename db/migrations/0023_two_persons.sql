-- 2名での承認: 担当者が1名の事務局は1名で承認できる。そのことは次の医師会に示される。
ALTER TABLE application_step ADD COLUMN decided_alone boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN application_step.decided_alone IS '2名での承認の届を、担当者が1名のため1名で承認したか';
GRANT UPDATE (decided_alone) ON application_step TO mamis_app;
