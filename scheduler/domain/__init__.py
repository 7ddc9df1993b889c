"""The rules of the annual cycle, standard library only."""
