"""The one time zone of every feed, as a constant that all clients read alike."""

from typing import Final

TZID: Final = "Europe/Oslo"

# Written by hand with yearly rules (RFC 5545 section 3.6.5): the lists of RDATE that icalendar
# writes are read by Thunderbird, ical.js and vobject as one hour late in summer.
VTIMEZONE: Final = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Oslo
X-LIC-LOCATION:Europe/Oslo
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
