-- The upper office decided before the lower one.
UPDATE application_step up SET state = 'received' FROM application_step low
  WHERE low.application_id = up.application_id AND low.ordinal = up.ordinal - 1 AND low.state = 'arrived' AND up.state = 'waiting';
