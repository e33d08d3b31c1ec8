-- データ出力の形式にExcelを加える(screens.md O-23)。
ALTER TABLE data_export DROP CONSTRAINT data_export_encoding_check;
ALTER TABLE data_export ADD CONSTRAINT data_export_encoding_check CHECK (encoding IN ('utf8', 'cp932', 'xlsx'));
COMMENT ON COLUMN data_export.encoding IS '形式(CSVの文字コード、またはExcel)';
