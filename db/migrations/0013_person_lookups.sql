-- 一人の会員期間・区間は必ずB-treeだけで引く。排他制約のGiSTも同じ条件で使えるが、一件を引くのに百倍以上かかる。
DROP INDEX membership_period_person;
CREATE INDEX membership_period_person ON membership_period (person_id, association_id)
  INCLUDE (id, joined_on, left_on, left_reason, visible_to);
DROP INDEX membership_phase_person;
CREATE INDEX membership_phase_person ON membership_phase (person_id, association_id)
  INCLUDE (affiliation_id, category_id, facility_id, starts_on, ends_on, joined_on, left_on, visible_to);
