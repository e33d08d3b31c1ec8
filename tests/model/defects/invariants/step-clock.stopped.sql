UPDATE application SET returned_at = NULL WHERE state = 'returned';
