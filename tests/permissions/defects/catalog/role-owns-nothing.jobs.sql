GRANT USAGE ON SCHEMA graphile_worker TO mamis_app;
GRANT SELECT ON graphile_worker.jobs TO mamis_app;
