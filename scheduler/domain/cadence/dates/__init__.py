"""From a cadence to its dates and windows in a span of days."""
