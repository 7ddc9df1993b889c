"""A round of the proposed dates before they are published: ask, remind, close, plan again."""
