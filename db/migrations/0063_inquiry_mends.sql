-- ログインしていない人への受付メールの数は、大文字と小文字を区別せずに数える(A-15)。
DROP INDEX inquiry_mail;
CREATE INDEX inquiry_mail ON inquiry (lower(asker_mail), asked_at) WHERE asker_mail <> '';

-- メールの宛名に使う表示名は、医師の氏名の変更にいつも従う。医師も医師会もログイン情報を書けないので、所有者の権限で書く。
CREATE FUNCTION name_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE account SET display_name = NEW.surname || ' ' || NEW.given_name WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION name_account() IS '医師の氏名が変わったら、ログイン情報の表示名も変える';
CREATE TRIGGER person_names_account AFTER UPDATE OF surname, given_name ON person
  FOR EACH ROW WHEN (NEW.account_id IS NOT NULL AND (OLD.surname, OLD.given_name) IS DISTINCT FROM (NEW.surname, NEW.given_name))
  EXECUTE FUNCTION name_account();
UPDATE account a SET display_name = p.surname || ' ' || p.given_name FROM person p
  WHERE p.account_id = a.id AND a.display_name <> p.surname || ' ' || p.given_name;
