"""Tables, the database itself, queries and migrations."""
