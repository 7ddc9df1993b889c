"""Calendar bytes from plain entries: pure but for icalendar."""
