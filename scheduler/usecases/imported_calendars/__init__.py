"""Calendars to plan around: the council's meetings, the school's calendar."""
