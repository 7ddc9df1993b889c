"""The annual cycle: rules, dates, duties and reminders."""
