"""What the pages read: queries that answer with frozen snapshots."""
