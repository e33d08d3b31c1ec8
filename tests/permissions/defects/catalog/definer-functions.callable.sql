GRANT EXECUTE ON FUNCTION refresh_person_visibility(uuid[]) TO mamis_app;
