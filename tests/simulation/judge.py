"""Compares what arrived in a simulated stretch with what was to arrive."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from sqlmodel import Session

from tests.simulation.calendar import Days
from tests.simulation.rulebook import (
    expected_changes,
    expected_facts,
    expected_mails,
    expected_news,
    expected_welcomes,
)
from tests.simulation.run import Run

__all__ = ["judge"]

OSLO = ZoneInfo("Europe/Oslo")
_BEGINS = {
    "leader": "Mangler",
    "owner": "Mangler",
    "after": "Purring",
    "week": "Purring",
    "agenda": "Saker til møtet",
}


def judge(session: Session, run: Run) -> Counter[tuple[str, str, str]]:
    """Assert that every mail came once, to whom and when it was to, and no other.

    Returns how many times each municipality's duties were told of, by kind and step.
    """
    facts = sorted(fact for mail in run.arrived for fact in mail.facts)
    wanted = expected_facts(session, run.story)
    came, asked = Counter(facts), Counter(wanted)
    assert sorted((came - asked).elements()) == []
    assert sorted((asked - came).elements()) == []
    assert max(came.values(), default=1) == 1
    of_duties = [mail for mail in run.arrived if mail.facts]
    assert len(of_duties) == expected_mails(session, run.story, facts)
    others = Counter(mail.kinds for mail in run.arrived if not mail.facts)
    assert set(others) <= {("summary",), ("welcome",), ("change",)}
    for kind, expected in (
        ("welcome", [(email, day) for email, day in expected_welcomes(session, run.story)]),
        ("summary", [email for _town, email in expected_news(session, run.story)]),
        ("change", expected_changes(session, run.story)),
    ):
        mails = [mail for mail in run.arrived if mail.kinds == (kind,)]
        got = [
            (mail.to[0], mail.at.astimezone(OSLO).date())
            if kind == "welcome"
            else (mail.to[0] if kind == "summary" else mail.to)
            for mail in mails
        ]
        assert sorted(got) == sorted(expected), kind
    for mail in run.arrived:
        local = mail.at.astimezone(OSLO)
        if mail.kinds != ("change",):
            assert Days().works(local.date()), (local, mail.subject)
            assert 7 <= local.hour < 17, (local, mail.subject)
        if len(mail.facts) == 1:
            step = mail.facts[0].step
            named = "" if step == "week_before" else step.partition("_")[0]
            begins = _BEGINS.get(named, "Påminnelse")
            assert mail.subject.startswith(begins), (mail.subject, mail.facts)
    return Counter((fact.municipality, fact.kind, fact.step) for fact in facts)
