-- 施設別一覧 of a large association walks the master in the order of names (screens.md O-14), whatever the state of a facility.
CREATE INDEX facility_in_order ON facility (name_fold, id);
