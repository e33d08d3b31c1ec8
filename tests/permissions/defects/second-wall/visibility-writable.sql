GRANT UPDATE (visible_to) ON person TO mamis_app;
