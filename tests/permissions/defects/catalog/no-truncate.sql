GRANT TRUNCATE ON membership_period TO mamis_app;
