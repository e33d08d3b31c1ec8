-- 時計: 期間の設定、段階の経過日数、処理待ちの通知、処理日数の目安、一時保存の期限

-- 期間の設定(rules.md 4.4)。行が無いものは既定値。
CREATE TABLE system_setting (
  name text PRIMARY KEY CHECK (name ~ '^[a-z][A-Za-z]{1,39}$'),
  value int NOT NULL CHECK (value >= 0),
  changed_at timestamptz NOT NULL
);
COMMENT ON TABLE system_setting IS 'システム全体の期間などの設定(既定値と異なるものだけ)';
COMMENT ON COLUMN system_setting.name IS '設定の名前';
COMMENT ON COLUMN system_setting.value IS '値(日数・時間数・件数)';
COMMENT ON COLUMN system_setting.changed_at IS '変更日時';
GRANT SELECT, INSERT, UPDATE, DELETE ON system_setting TO mamis_app;

-- 段階の時計(rules.md 3.13)。到達の日から数え、申請者のもとにあった日数を除く。
ALTER TABLE application ADD COLUMN returned_at timestamptz;
COMMENT ON COLUMN application.returned_at IS '差戻した日時(申請者のもとにある間)';
ALTER TABLE application_step
  ADD COLUMN reached_on date,
  ADD COLUMN paused_days int NOT NULL DEFAULT 0 CHECK (paused_days >= 0),
  ADD COLUMN reminder_days int NOT NULL DEFAULT 7,
  ADD COLUMN clock_from date GENERATED ALWAYS AS (reached_on + paused_days) STORED,
  ADD COLUMN late_on date GENERATED ALWAYS AS (reached_on + paused_days + reminder_days) STORED;
COMMENT ON COLUMN application_step.reached_on IS '最初に到達した日';
COMMENT ON COLUMN application_step.paused_days IS '到達の後、申請者のもとにあった日数';
COMMENT ON COLUMN application_step.reminder_days IS '▲を付けるまでの日数(適用した環境設定から)';
COMMENT ON COLUMN application_step.clock_from IS '経過日数を数え始める日';
COMMENT ON COLUMN application_step.late_on IS 'この日から▲が付く';

CREATE FUNCTION step_clock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.reminder_days := coalesce((SELECT (v.settings ->> 'reminderDays')::int FROM association_settings v
      WHERE v.association_id = NEW.association_id AND v.version = NEW.settings_version), 7);
  END IF;
  NEW.reached_on := coalesce(NEW.reached_on, (NEW.arrived_at AT TIME ZONE 'Asia/Tokyo')::date);
  RETURN NEW;
END $$;
COMMENT ON FUNCTION step_clock() IS '段階が最初に到達した日と、▲までの日数を控える';
CREATE TRIGGER application_step_clock BEFORE INSERT OR UPDATE OF arrived_at ON application_step FOR EACH ROW EXECUTE FUNCTION step_clock();

CREATE FUNCTION case_returned() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.returned_at := CASE WHEN NEW.state = 'returned' THEN NEW.updated_at END;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION case_returned() IS '差戻した日時を控える';
CREATE TRIGGER application_returned BEFORE UPDATE OF state ON application
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION case_returned();

CREATE FUNCTION resume_clocks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE application_step s
  SET paused_days = s.paused_days + greatest(0, (NEW.updated_at AT TIME ZONE 'Asia/Tokyo')::date - (OLD.returned_at AT TIME ZONE 'Asia/Tokyo')::date)
  WHERE s.application_id = NEW.id AND s.open AND s.reached_on IS NOT NULL AND s.state IN ('arrived', 'received', 'returned');
  RETURN NULL;
END $$;
COMMENT ON FUNCTION resume_clocks() IS '再申請のとき、申請者のもとにあった日数を時計から除く';
CREATE TRIGGER application_resumed AFTER UPDATE OF state ON application
  FOR EACH ROW WHEN (OLD.state = 'returned' AND NEW.state = 'submitted' AND OLD.returned_at IS NOT NULL) EXECUTE FUNCTION resume_clocks();

-- これまでの段階は、最後の到達から数える(それより前の到達は控えられていない)。
UPDATE application_step SET reached_on = (arrived_at AT TIME ZONE 'Asia/Tokyo')::date WHERE arrived_at IS NOT NULL;
UPDATE application_step s SET reminder_days = coalesce((v.settings ->> 'reminderDays')::int, 7)
  FROM association_settings v WHERE v.association_id = s.association_id AND v.version = s.settings_version
    AND coalesce((v.settings ->> 'reminderDays')::int, 7) <> s.reminder_days;
UPDATE application a SET returned_at = coalesce((SELECT max(x.at) FROM application_action x WHERE x.application_id = a.id AND x.action = 'return'), a.updated_at)
  WHERE a.state = 'returned';

-- ▲の件数と、通知を待つ段階。
CREATE INDEX application_step_late ON application_step (association_id, late_on, application_id) INCLUDE (person_id, visible_to)
  WHERE open AND state IN ('arrived', 'received');

-- 処理待ちの通知(M-41)。一つの段階に、目安の日数とその二倍で一度ずつ。
CREATE TABLE step_reminder (
  step_id uuid NOT NULL REFERENCES application_step,
  mark int NOT NULL CHECK (mark IN (1, 2)),
  association_id int NOT NULL REFERENCES association,
  sent_on date NOT NULL,
  PRIMARY KEY (step_id, mark)
);
COMMENT ON TABLE step_reminder IS '処理待ちの通知の控え(追記のみ)';
COMMENT ON COLUMN step_reminder.step_id IS '段階';
COMMENT ON COLUMN step_reminder.mark IS '何倍の日数での通知か';
COMMENT ON COLUMN step_reminder.association_id IS '通知した医師会';
COMMENT ON COLUMN step_reminder.sent_on IS '通知した日';
CREATE INDEX step_reminder_day ON step_reminder (association_id, sent_on);
ALTER TABLE step_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY step_reminder_all ON step_reminder USING ((SELECT ctx_scope()) = 'all') WITH CHECK ((SELECT ctx_scope()) = 'all');
GRANT SELECT, INSERT ON step_reminder TO mamis_app;

-- 処理日数の目安(D-07)。夜ごとに数え直す。
CREATE TABLE usual_time (
  association_id int NOT NULL REFERENCES association,
  kind text NOT NULL CHECK (kind IN ('join', 'transfer', 'change', 'withdrawal')),
  working_days int NOT NULL CHECK (working_days >= 0),
  cases int NOT NULL CHECK (cases > 0),
  counted_on date NOT NULL,
  PRIMARY KEY (association_id, kind)
);
COMMENT ON TABLE usual_time IS '到達から決定までの営業日数(最近一年の中央値)';
COMMENT ON COLUMN usual_time.association_id IS '医師会';
COMMENT ON COLUMN usual_time.kind IS '届の種別';
COMMENT ON COLUMN usual_time.working_days IS '営業日数の中央値';
COMMENT ON COLUMN usual_time.cases IS '件数';
COMMENT ON COLUMN usual_time.counted_on IS '数えた日';
GRANT SELECT, INSERT, DELETE ON usual_time TO mamis_app;

-- 一時保存の期限(D-06、M-22)。
ALTER TABLE application ADD COLUMN draft_warned_on date;
COMMENT ON COLUMN application.draft_warned_on IS '一時保存の削除を予告した日';
GRANT UPDATE (draft_warned_on) ON application TO mamis_app;
CREATE INDEX application_draft_idle ON application (updated_at) WHERE state = 'draft';
