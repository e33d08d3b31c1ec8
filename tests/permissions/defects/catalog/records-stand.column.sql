GRANT UPDATE (effective_on) ON membership_event TO mamis_app;
