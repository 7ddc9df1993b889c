"""The pages, the feeds and the commands."""
