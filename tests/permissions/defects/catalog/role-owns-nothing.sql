GRANT CREATE ON SCHEMA public TO mamis_app;
