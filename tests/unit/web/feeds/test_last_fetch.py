"""The names that calendar programs give themselves, as people know them."""

from __future__ import annotations

import pytest
from flask import Flask, g

from scheduler.domain.language import Language
from web.feeds.last_fetch import name_of_program


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Microsoft.Exchange/15.20 (Calendar Sharing)", "Outlook"),
        ("Mozilla/5.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328)", "Outlook"),
        ("Google-Calendar-Importer", "Google Kalender"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", "Google Kalender"),
        ("macOS/14.5 (23F79) dataaccessd/1.0", "Apple Kalender"),
        ("iOS/17.5.1 (21F90) dataaccessd/1.0", "Apple Kalender"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Thunderbird/128.0", "Thunderbird"),
        ("ICSx5/2.2.3 (ical4j)", "ICSx⁵"),
        ("khal/0.11 vdirsyncer", "khal"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_program_is_called_what_people_call_it(user_agent: str, name: str) -> None:
    with Flask("x").app_context():
        g.language = Language.BOKMAL
        assert name_of_program(user_agent) == name
