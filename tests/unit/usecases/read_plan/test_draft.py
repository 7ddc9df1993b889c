"""A draft loads as it is, says what to fill in, and holds no sentence and nobody's name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.enums import ForumLevel, Function
from scheduler.domain.language import Language
from scheduler.domain.planfile import PlanFile
from scheduler.language.catalogue import read_catalogue
from scheduler.usecases.plan_file import parse_plan_file
from scheduler.usecases.read_plan import draft_toml as toml
from scheduler.usecases.read_plan import read_plan_text
from scheduler.usecases.read_plan.given_names import names_a_person
from tests.unit.usecases.read_plan.documents import DATA

ELVEDAL = (DATA / "elvedal.txt").read_text(encoding="utf-8")


def draft(text: str) -> str:
    """Return the draft of a plan's text."""
    return read_plan_text(text.encode(), lambda percent: None).draft()


def loaded(text: str) -> PlanFile:
    """Return what a draft would load."""
    return parse_plan_file(draft(text).encode())


def test_the_draft_of_a_plan_holds_what_it_says() -> None:
    plan = loaded(ELVEDAL)
    assert (plan.municipality.slug, plan.municipality.name) == ("elvedal", "Elvedal")
    assert plan.plan.title == "Plan for førebygging og samarbeid for barn og unge i Elvedal"
    assert [
        (
            forum.slug,
            forum.level,
            forum.level_is_settled,
            forum.rhythm.words if forum.rhythm else None,
            [(seat.position, seat.function) for seat in forum.seats],
            forum.source_lines,
        )
        for forum in plan.forums
    ] == [
        (
            "styringsgruppa",
            ForumLevel.SYSTEM,
            True,
            "to ganger i året, i mars og oktober",
            [
                ("kommunalsjef-for-oppvekst", Function.LEADER),
                ("folkehelsekoordinator", Function.SECRETARY),
                ("rektor", Function.MEMBER),
            ],
            "17-21, 23-27",
        ),
        (
            "innsatsteam",
            ForumLevel.CASE_ELSE_ANONYMOUS,
            True,
            "hver tredje tirsdag kl. 9.00-10.30",
            [],
            "29-34, 35",
        ),
        (
            "overgangsforum",
            ForumLevel.CASE_ELSE_NOT,
            False,
            "En gang i semesteret ved behov",
            [],
            "47-53",
        ),
        (
            "skole-og-barnevern",
            ForumLevel.CASE_ELSE_NOT,
            False,
            "Minst 2 ganger pr. år",
            [],
            "40-45",
        ),
    ]
    assert [(duty.slug, duty.rhythm.words if duty.rhythm else None) for duty in plan.duties] == [
        ("arlig-gjennomgang", "én gang i året av hver tjeneste"),
        ("revisjon", "hvert fjerde år"),
        ("undersokelse", "hvert tredje år, neste gang i uke 10-12 2027"),
        ("tilstandsrapport-barnevern", "minst en gang i året"),
    ]
    assert [rule.name for rule in plan.rules] == ["Ansvarsgruppe"]


def test_no_sentence_and_no_name_of_a_person_is_copied() -> None:
    written = draft(ELVEDAL)
    assert re.findall(r"Nordmann|Kari|@elvedal", written) == []
    said = set(re.findall(r"\w+(?: \w+){7}", " ".join(written.split())))
    there = " ".join(ELVEDAL.split())
    # Eight words in a row that stand in the plan would be a sentence, or most of one; the title
    # and the words of a rhythm are all that may be as long.
    copied = sorted(run for run in said if run in there)
    assert copied == ["Plan for førebygging og samarbeid for barn og"]


def test_the_comments_say_what_to_fill_in() -> None:
    written = draft(ELVEDAL)
    comments = [line for line in written.split("\n") if "yll ut" in line or "Planen sier" in line]
    assert comments == [
        '# number = "0000"    # fyll ut: kommunenummer, fire siffer',
        "# adopted = 2026-01-31    # fyll ut: når planen ble vedtatt",
        '# owner = ""    # fyll ut: stillingen som er planansvarlig',
        *["# Fyll ut hvem som deltar:"] * 3,
        "# last_done = 2025    # fyll ut: når det sist ble gjort",
        '# position = ""    # fyll ut: stillingen som har oppgaven',
        "# last_done = 2025    # fyll ut: når det sist ble gjort",
        '# position = ""    # fyll ut: stillingen som har oppgaven',
        "# last_done = 2025    # fyll ut: når det sist ble gjort",
        '# position = ""    # fyll ut: stillingen som har oppgaven',
    ]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Gruppa arbeider på systemnivå.", "system"),
        ("Gruppa drøfter ikke enkeltsaker.", "system"),
        ("Gruppa drøfter systemsaker og enkeltsaker.", "mixed"),
        ("Gruppa drøfter aktuelle saker.", "mixed"),
        ("Gruppa er viktig.", "mixed"),
        ("Uten samtykke drøftes saken anonymt.", "case_else_anonymous"),
        ("Ved manglende samtykke kan ikke sak drøftes.", "case_else_not"),
        ("På systemnivå, men saker kan drøftes anonymt.", "case_else_anonymous"),
    ],
)
def test_the_level_is_a_case_level_unless_the_plan_says_system_in_plain_words(
    words: str, level: str
) -> None:
    written = draft(f"Ressursgruppe\n\nRessursgruppa møtes månedlig. {words}\n")
    assert re.findall(r'^level = "(\w+)"', written, re.MULTILINE) == [level]


def test_a_forum_without_a_rhythm_is_there_with_a_place_for_one() -> None:
    written = draft("Styringsgruppa for barn og unge\n\n- Består av rektor og styrer.\n")
    assert re.findall(r"^#? ?(?:chosen_)?rhythm.*$", written, re.MULTILINE) == [
        '# chosen_rhythm = ""',
        'rhythm = "minst en gang i året"',
    ]


def test_members_of_a_youth_council_are_never_guessed() -> None:
    plan = loaded(
        "Ungdomsråd\n\nUngdomsrådet møtes fire ganger i året.\n\nUngdomsrådet består av:\n"
        "- Leder: elevrådsleder\n- Koordinator for ungdom\n"
    )
    assert [(forum.name, forum.elected, forum.seats) for forum in plan.forums] == [
        ("Ungdomsråd", True, ())
    ]
    assert plan.positions == ()


@pytest.mark.parametrize(
    "meeting", ["Ansvarsgruppemøte", "Drøftingsmøte", "Familieråd", "Samarbeidsmøter om enkeltbarn"]
)
def test_a_meeting_about_one_child_never_becomes_a_forum(meeting: str) -> None:
    assert loaded(f"## {meeting}\n\nMøtehyppighet: hver måned\n").forums == ()


def test_a_meeting_that_parents_sit_in_never_becomes_a_forum() -> None:
    text = "## Samarbeidsmøte fravær\n\nDeltakere: foreldre, rektor\n\nMøtehyppighet: månedlig\n"
    assert loaded(text).forums == ()


def test_the_draft_of_a_plan_in_nynorsk_is_in_nynorsk() -> None:
    written = draft(
        "Voss herad\n\nRessursgruppa møtest fire gonger i året, og ikkje frå juni. Ho er eit forum"
        " for alle.\n"
    )
    assert 'language = "nn"' in written.split("\n")
    assert written.startswith("# Utkast til planfil, laga av teksten til planen.")


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        ("Leder Kari Nordmann", True),
        ("Anne-Grete Moen", True),
        ("v/ Zvezdana Ilic", True),
        ("K. Nordmann", True),
        ("Mohammed B. Hassan", True),
        ("Tverrfaglig Familieteam", False),
        ("Rektor Elvedal skole", False),
        ("Kommunalsjef Helse og Omsorg", False),
        ("Familiens Hus", False),
    ],
)
def test_names_of_people_are_recognised(text: str, is_person: bool) -> None:
    assert names_a_person(text) is is_person


_PIECES = st.sampled_from(
    [
        *("Styringsgruppe", "Leder: rektor", "Sekretær – Kari Nordmann", "hver uke", "møtes"),
        *(
            "to ganger i året",
            "010190 12345",
            "kari@elvedal.example",
            "Ansvarsgruppe",
            "Familieråd",
        ),
        *("består av:", "• Rektor", "\n", "\n\n", '"', "\\", "|", "'''", "\x7f", "\u2028"),
        *("Elvedal kommune", "ungdomsrådet", "Hvem: PPT, rektor", "# Team", "Møte Hvem Hyppighet"),
        *(
            "gutten på 12 år",
            "1 gang i måneden",
            "Innsatsteamet",
            "Nivå 1: TOG",
            "-\n",
            "<b>",
            "🙂",
        ),
    ]
)


_OTHER = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | _OTHER, max_size=40).map(" ".join))
def test_whatever_the_text_its_draft_loads(text: str) -> None:
    parse_plan_file(draft(f"{text}\nElvedal møtes hver uke\n").encode())


@pytest.mark.parametrize("language", [Language.NYNORSK, Language.ENGLISH])
def test_every_text_of_a_draft_is_translated(language: Language) -> None:
    catalogue = read_catalogue(language)
    texts = [
        *(
            value
            for name, value in vars(toml).items()
            if name.startswith("_") and name.isupper() and isinstance(value, str)
        ),
        *(text for _, text in toml._DUTY_NAMES.values()),
    ]
    assert len(texts) > 8
    assert [text for text in texts if not getattr(catalogue.get(text), "string", "")] == []
