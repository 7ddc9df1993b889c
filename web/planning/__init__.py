"""Plan the year: the pages on which a municipality's year is proposed, adjusted and published."""
