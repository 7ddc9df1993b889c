"""What a person or the worker asks for: each takes a session, a time and its ports."""
