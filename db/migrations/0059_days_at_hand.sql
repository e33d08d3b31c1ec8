-- 経過日数の順: 差戻しの間は止まる時計で並べる(rules.md 3.13)。
DROP INDEX application_step_inbox;
CREATE INDEX application_step_inbox ON application_step (association_id, clock_from, arrived_at, application_id) INCLUDE (person_id, visible_to)
  WHERE open AND state IN ('arrived', 'received');
