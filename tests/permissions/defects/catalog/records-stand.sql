GRANT UPDATE ON membership_event TO mamis_app;
