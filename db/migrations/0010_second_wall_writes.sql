-- 第二の壁の書き込み側: 見えない人の行を作れず、誰に見えるかを決める列は書き換えられない。

-- 人・届・所属を新しく作れるのは、本人か、その人が見える事務局だけ。見える範囲の列は申告できても、これがなければ通らない。
CREATE POLICY person_insert ON person AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all');
CREATE POLICY application_insert ON application AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR person_id = (SELECT ctx_person()) OR EXISTS (SELECT FROM person p WHERE p.id = person_id));
CREATE POLICY application_step_insert ON application_step AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR EXISTS (SELECT FROM application a WHERE a.id = application_id AND a.person_id = application_step.person_id));
CREATE POLICY affiliation_insert ON affiliation AS RESTRICTIVE FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR person_id = (SELECT ctx_person()) OR EXISTS (SELECT FROM person p WHERE p.id = person_id));
-- 届は、見えない所属に結び付けられない。
CREATE POLICY application_affiliation ON application AS RESTRICTIVE FOR UPDATE WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR affiliation_id IS NULL OR EXISTS (SELECT FROM affiliation f WHERE f.id = affiliation_id));

-- 台帳に書けるのは、自分の医師会のことか、処理中の届に段階のある医師会のことだけ。
DROP POLICY membership_event_insert ON membership_event;
CREATE POLICY membership_event_insert ON membership_event FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR (EXISTS (SELECT FROM person p WHERE p.id = person_id) AND (association_id = ANY ((SELECT ctx_associations())::int[])
    OR EXISTS (SELECT FROM application_step s WHERE s.person_id = membership_event.person_id AND s.association_id = membership_event.association_id AND s.open))));

-- 操作履歴は、自分の操作としてだけ書ける。
DROP POLICY audit_event_insert ON audit_event;
CREATE POLICY audit_event_insert ON audit_event FOR INSERT WITH CHECK ((SELECT ctx_scope()) = 'all'
  OR account_id = (SELECT ctx_account()) OR (actor_kind = 'guest' AND account_id IS NULL AND (SELECT ctx_actor_key()) = 'guest'));

-- 誰の行か、誰に見えるかを決める列は変えられない。
REVOKE UPDATE ON person, person_licence, affiliation, application, application_step FROM mamis_app;
GRANT UPDATE (account_id, surname, given_name, surname_kana, given_name_kana, former_surname, former_given_name, former_surname_kana, former_given_name_kana,
  use_former_name, birth_on, sex, postal_code, prefecture_code, address_line, building, tel, fax, mail, main_department, departments, school_code, school_text,
  graduated_on, degree_text, degree_on, training_ends_on, societies, died_on, version, updated_at) ON person TO mamis_app;
GRANT UPDATE (current, verified_at, verified_by, verified_association_id) ON person_licence TO mamis_app;
GRANT UPDATE (facility_id, lowest_association_id, work_code, position_code, position_text, designations, designation_text, is_primary, version) ON affiliation TO mamis_app;
GRANT UPDATE (number, state, affiliation_id, open_key, form, wished_on, applicant_name, applicant_kana, applicant_licence, proxy_association_id, proxy,
  attention, attention_reason, version, updated_at, submitted_at, closed_at) ON application TO mamis_app;
GRANT UPDATE (state, category_id, decided_on, decided_category_id, arrived_at, received_at, decided_at, decided_by, board_note) ON application_step TO mamis_app;

-- ファイルは番号で引く。見える書類をすべて集めない。
CREATE INDEX document_file ON document (file_id);
DROP POLICY stored_file_scope ON stored_file;
CREATE POLICY stored_file_scope ON stored_file USING ((SELECT ctx_scope()) = 'all'
  OR owner_account_id = (SELECT ctx_account())
  OR EXISTS (SELECT FROM document d WHERE d.file_id = stored_file.id));
