DROP TRIGGER inquiry_file_claimed ON inquiry_file;
