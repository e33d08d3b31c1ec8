-- 宛名ラベル(screens.md O-07, O-23)をデータ出力の形式に加える。
ALTER TABLE data_export DROP CONSTRAINT data_export_encoding_check;
ALTER TABLE data_export ADD CONSTRAINT data_export_encoding_check CHECK (encoding IN ('utf8', 'cp932', 'xlsx', 'label'));
COMMENT ON COLUMN data_export.encoding IS '形式(CSVの文字コード、Excel、または宛名ラベル)';
ALTER TABLE data_export ADD COLUMN label_sheet text NOT NULL DEFAULT '';
ALTER TABLE data_export ADD COLUMN mailing_id int;
ALTER TABLE data_export ADD COLUMN mailing_name text NOT NULL DEFAULT '';
ALTER TABLE data_export ADD COLUMN left_out jsonb NOT NULL DEFAULT '{}';
ALTER TABLE data_export ADD CONSTRAINT data_export_label CHECK ((encoding = 'label') = (label_sheet IN ('2x5', '2x6', '3x8')) AND (encoding = 'label' OR label_sheet = ''));
ALTER TABLE data_export ADD CONSTRAINT data_export_mailing CHECK ((mailing_id IS NULL) = (mailing_name = '') AND (mailing_id IS NULL OR encoding = 'label'));
COMMENT ON COLUMN data_export.label_sheet IS '宛名ラベルの用紙(列×段、ほかの形式では空)';
COMMENT ON COLUMN data_export.mailing_id IS '宛名ラベルを使う送付物(空は文書送付先の初期値)。送付物が後で消されても記録は残る';
COMMENT ON COLUMN data_export.mailing_name IS '送付物の名称(作成のとき)';
COMMENT ON COLUMN data_export.left_out IS '宛名を印刷しなかった人数(理由ごと)';
GRANT UPDATE (left_out) ON data_export TO mamis_app;

-- 会員情報詳細(O-08)で、操作者が前にいつ見たかを引く。
CREATE INDEX audit_event_look ON audit_event (account_id, target, at) WHERE action = 'member.viewed' AND detail ? 'asOf';
