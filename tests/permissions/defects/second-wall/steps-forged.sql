DROP POLICY application_step_insert ON application_step;
