UPDATE membership_phase SET category_id = (SELECT max(id) FROM member_category WHERE association_id = membership_phase.association_id)
  WHERE id = (SELECT min(id) FROM membership_phase);
