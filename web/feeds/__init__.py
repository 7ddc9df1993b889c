"""Calendar feeds: from rows to entries, from a token to bytes."""
