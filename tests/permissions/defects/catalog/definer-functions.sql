CREATE FUNCTION peek(p uuid) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT surname FROM person WHERE id = p';
COMMENT ON FUNCTION peek(uuid) IS '姓を答える';
