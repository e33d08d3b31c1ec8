GRANT DELETE ON audit_event TO mamis_app;
