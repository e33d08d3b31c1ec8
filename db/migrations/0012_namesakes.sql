-- 「同姓同名・同一生年月日の登録があります」を、全員を読まずに調べる。
CREATE INDEX person_namesake ON person (birth_on, surname, given_name);
