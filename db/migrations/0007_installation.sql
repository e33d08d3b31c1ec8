-- この設置そのものの状態。起動時に所有者だけが読み書きする。
CREATE TABLE installation (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  demo text NOT NULL CHECK (demo IN ('none', 'pending', 'loaded'))
);
COMMENT ON TABLE installation IS 'この設置の状態(1行)';
COMMENT ON COLUMN installation.single IS '常に true。2行目を許さない';
COMMENT ON COLUMN installation.demo IS 'デモデータ: none なし / pending 投入途中 / loaded 投入済み';
