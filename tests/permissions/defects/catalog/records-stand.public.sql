GRANT DELETE ON review_message TO PUBLIC;
