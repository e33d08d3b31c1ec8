UPDATE membership_phase SET visible_to = visible_to || 13005 WHERE id = (SELECT min(id) FROM membership_phase WHERE NOT 13005 = ANY (visible_to));
