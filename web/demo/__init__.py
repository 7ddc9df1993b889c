"""The demo: a bundled plan with made-up people, served in one process."""
