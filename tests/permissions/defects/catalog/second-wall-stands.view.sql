CREATE VIEW member_list AS SELECT id, surname FROM person;
