-- お知らせの案内メール(M-54)は数が多い。期限のあるメールやほかの仕事を待たせない。
CREATE OR REPLACE FUNCTION mail_enqueue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.add_job('sendMail', json_build_object('mailId', NEW.id), job_key => 'mail:' || NEW.id,
    priority => CASE WHEN NEW.template = 'M-54' THEN 10 ELSE 0 END);
  RETURN NULL;
END $$;
