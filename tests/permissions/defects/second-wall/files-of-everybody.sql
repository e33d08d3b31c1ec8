ALTER POLICY stored_file_scope ON stored_file USING (true);
