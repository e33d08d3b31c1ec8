ALTER TABLE application ADD COLUMN note text;
