-- 第二の壁: 行の見える範囲。文脈が無ければ何も見えない。
ALTER TABLE account ENABLE ROW LEVEL SECURITY;
CREATE POLICY account_all ON account USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY session_all ON session USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
ALTER TABLE staff_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_member_scope ON staff_member USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY person_scope ON person USING ((SELECT ctx_scope()) = 'all' OR id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));
ALTER TABLE person_licence ENABLE ROW LEVEL SECURITY;
CREATE POLICY person_licence_scope ON person_licence USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));
ALTER TABLE affiliation ENABLE ROW LEVEL SECURITY;
CREATE POLICY affiliation_scope ON affiliation USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR association_ids && (SELECT ctx_associations()) OR pending_ids && (SELECT ctx_associations()));
ALTER TABLE membership_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_event_scope ON membership_event FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR person_id = (SELECT ctx_person()) OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY membership_event_insert ON membership_event FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM person p WHERE p.id = person_id));
ALTER TABLE membership_period ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_period_scope ON membership_period USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));
ALTER TABLE membership_phase ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_phase_scope ON membership_phase USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));

ALTER TABLE application ENABLE ROW LEVEL SECURITY;
CREATE POLICY application_scope ON application USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));
ALTER TABLE application_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY application_step_scope ON application_step USING ((SELECT ctx_scope()) = 'all' OR person_id = (SELECT ctx_person())
  OR visible_to && (SELECT ctx_associations()));
ALTER TABLE application_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY application_action_scope ON application_action USING ((SELECT ctx_scope()) = 'all'
  OR visible_to && (SELECT ctx_associations())
  OR ((SELECT ctx_person()) IS NOT NULL AND application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person()))));
ALTER TABLE application_form ENABLE ROW LEVEL SECURITY;
CREATE POLICY application_form_scope ON application_form USING ((SELECT ctx_scope()) = 'all'
  OR visible_to && (SELECT ctx_associations())
  OR ((SELECT ctx_person()) IS NOT NULL AND application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person()))));
ALTER TABLE review_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY review_message_scope ON review_message USING ((SELECT ctx_scope()) = 'all'
  OR visible_to && (SELECT ctx_associations())
  OR ((SELECT ctx_person()) IS NOT NULL AND application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person()))));
ALTER TABLE office_memo ENABLE ROW LEVEL SECURITY;
CREATE POLICY office_memo_scope ON office_memo USING ((SELECT ctx_scope()) = 'all' OR visible_to && (SELECT ctx_associations()));
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
CREATE POLICY document_scope ON document USING ((SELECT ctx_scope()) = 'all'
  OR visible_to && (SELECT ctx_associations())
  OR ((SELECT ctx_person()) IS NOT NULL AND application_id IN (SELECT a.id FROM application a WHERE a.person_id = (SELECT ctx_person()))));
ALTER TABLE office_task ENABLE ROW LEVEL SECURITY;
-- 上層の事務局が非承認としたとき、下層の事務局の仕事として書き込まれる。
CREATE POLICY office_task_scope ON office_task USING ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]))
  WITH CHECK ((SELECT ctx_scope()) = 'all' OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY office_task_insert ON office_task FOR INSERT WITH CHECK (
  application_id IN (SELECT a.id FROM application a WHERE a.visible_to @> ARRAY[office_task.association_id]));
ALTER TABLE stored_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY stored_file_scope ON stored_file USING ((SELECT ctx_scope()) = 'all'
  OR owner_account_id = (SELECT ctx_account())
  OR id IN (SELECT d.file_id FROM document d));
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_event_scope ON audit_event FOR SELECT USING ((SELECT ctx_scope()) = 'all'
  OR association_id = ANY ((SELECT ctx_associations())::int[]));
CREATE POLICY audit_event_insert ON audit_event FOR INSERT WITH CHECK (true);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotency_scope ON idempotency USING (actor_key = (SELECT ctx_actor_key())) WITH CHECK (actor_key = (SELECT ctx_actor_key()));
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY outbox_all ON outbox FOR SELECT USING ((SELECT ctx_scope()) = 'all');
CREATE POLICY outbox_insert ON outbox FOR INSERT WITH CHECK (true);
ALTER TABLE mail_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY mail_message_all ON mail_message USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');

-- アプリケーションの役割に許すこと。記録の表は追記と参照だけ。
GRANT SELECT ON association, association_version, association_settings, member_category, code_value, facility TO mamis_app;
GRANT INSERT ON association, association_version, association_settings, member_category, code_value, facility TO mamis_app;
GRANT UPDATE (ends_on) ON association_version, member_category, code_value TO mamis_app;
GRANT UPDATE ON facility TO mamis_app;
GRANT SELECT, INSERT, UPDATE ON account, staff_member, person, person_licence, affiliation TO mamis_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO mamis_app;
GRANT SELECT, INSERT, DELETE ON membership_period, membership_phase TO mamis_app;
GRANT SELECT, INSERT ON membership_event, application_action, application_form, review_message, office_memo, audit_event, outbox, stored_file TO mamis_app;
GRANT SELECT, INSERT, UPDATE ON application, application_step TO mamis_app;
GRANT DELETE ON application TO mamis_app;
GRANT SELECT, INSERT ON document, office_task TO mamis_app;
GRANT UPDATE (done_at, done_by) ON office_task TO mamis_app;
GRANT UPDATE (removed_at) ON document TO mamis_app;
GRANT DELETE ON document, stored_file TO mamis_app;
GRANT SELECT, INSERT, DELETE ON idempotency TO mamis_app;
GRANT SELECT, INSERT ON mail_message TO mamis_app;
GRANT UPDATE (state, attempts, last_error, sent_at) ON mail_message TO mamis_app;
GRANT SELECT ON audit_head TO mamis_app;
GRANT USAGE ON SEQUENCE application_number TO mamis_app;
REVOKE EXECUTE ON FUNCTION refresh_person_visibility(uuid[]) FROM PUBLIC;
