UPDATE membership_period SET left_on = joined_on + 400 WHERE id = (SELECT min(id) FROM membership_period);
