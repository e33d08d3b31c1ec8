GRANT UPDATE (person_id) ON application TO mamis_app;
