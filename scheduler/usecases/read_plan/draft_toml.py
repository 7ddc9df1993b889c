"""Writes a draft plan file: what the text gave, and in comments what a person must fill in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.domain.enums import DutyKind, Function
from scheduler.domain.planfile.read_forum import MIXED
from scheduler.domain.planfile.table_reader import suggested_slug
from scheduler.language import translations
from scheduler.usecases.read_plan.draft_plan import DraftForum, DraftPlan, is_elected
from scheduler.usecases.read_plan.duty_guess import DutyGuess
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm
from scheduler.usecases.read_plan.kept_words import kept
from scheduler.usecases.read_plan.seat_guess import SeatGuess
from scheduler.usecases.read_plan.toml_text import (
    comment_lines,
    free_slug,
    quoted,
    spans,
    title_lines,
)

__all__ = ["draft_toml"]

_LONGEST_RHYTHM = 140
_MOST_UNPLACED = 200


def draft_toml(draft: DraftPlan) -> str:
    """Return a plan file in TOML that loads as it is, with warnings where something is missing.

    Comments are in the plan's own written form. Of the plan's text it holds names, titles,
    line numbers and the words of the rhythms alone.
    """
    return "\n".join(_Writer(draft).lines()) + "\n"


class _Writer:
    def __init__(self, draft: DraftPlan) -> None:
        self._draft = draft
        self._say: Callable[[str], str] = translations(draft.facts.language).gettext
        self._positions: dict[str, tuple[str, list[int]]] = {}
        self._seats = {
            id(forum): [(self._position(seat), seat) for seat in forum.seats if seat.is_position]
            for forum in draft.forums
        }

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._positions_part()
        yield from self._forums_part()
        yield from self._duties_part()
        yield from self._rules_part()
        yield from self._unplaced_part()

    def _head(self) -> Iterator[str]:
        say, facts = self._say, self._draft.facts
        yield from comment_lines(say(_HEAD))
        yield ""
        yield "[municipality]"
        name = facts.municipality
        if name is None:
            yield from comment_lines(say("Fyll ut: kommunens kortnavn og navn."))
        yield f"slug = {quoted(suggested_slug(name or '') or 'min-kommune')}"
        yield f"name = {quoted(name or say('Min kommune'))}"
        yield f'# number = "0000"    # {say("fyll ut: kommunenummer, fire siffer")}'
        yield f"language = {quoted(facts.language)}"
        yield f'period = "calendar"    # {say("calendar: januar-desember, school: august-juli")}'
        yield ""
        yield "[plan]"
        yield f"title = {quoted(facts.title or say(_TITLE))}    # {say('kontroller')}"
        yield f"# adopted = 2026-01-31    # {say('fyll ut: når planen ble vedtatt')}"
        yield f'# owner = ""    # {say("fyll ut: stillingen som er planansvarlig")}'
        yield ""
        yield from comment_lines(
            say("Tall som planen ikke gir. De vises alltid som kommunens valg.")
        )
        yield "[choices]"
        yield from ("notice_days = 10", "minutes_days = 5", "receives_minutes_days = 14")
        yield from ("meeting_minutes = 90", 'core_time = "09:00-15:00"')

    def _positions_part(self) -> Iterator[str]:
        yield from title_lines(self._say("Stillinger, ikke personer"))
        yield from comment_lines(self._say(_POSITIONS))
        for slug, (title, lines) in self._positions.items():
            yield from ("", "[[position]]", f"slug = {quoted(slug)}", f"title = {quoted(title)}")
            yield f"lines = {quoted(', '.join(map(str, sorted(set(lines)))))}"

    def _forums_part(self) -> Iterator[str]:
        yield from title_lines(self._say("Forum"))
        yield from comment_lines(self._say(_LEVELS))
        taken: set[str] = set()
        for number, forum in enumerate(self._draft.forums, start=1):
            name = kept(forum.name.name) or f"Forum {number}"
            slug = free_slug(suggested_slug(name) or f"forum-{number}", taken)
            yield from ("", "[[forum]]", f"slug = {quoted(slug)}", f"name = {quoted(name)}")
            yield f"kind = {quoted(forum.name.kind)}"
            yield from self._level(forum)
            yield from self._rhythm(forum)
            yield from self._seats_of(forum)
            if forum.lines:
                yield f"lines = {quoted(spans(forum.lines))}"

    def _level(self, forum: DraftForum) -> Iterator[str]:
        say, level = self._say, forum.level
        reason = say("uklart i planen: regnes som enkeltsaker til noen avgjør det")
        if level.word != MIXED:
            reason = say("fra planens ord på linje %(line)s: kontroller") % {"line": level.line}
        yield f"level = {quoted(level.word)}    # {reason}"
        if is_elected(forum.name):
            yield "elected = true"
            yield from ('dates_set_by = "others"', f"# {say('Medlemmer registreres aldri her.')}")

    def _rhythm(self, forum: DraftForum) -> Iterator[str]:
        words = None if forum.rhythm is None else _words(forum.rhythm)
        if words is None:
            yield from comment_lines(self._say(_NO_RHYTHM))
            yield '# chosen_rhythm = ""'
            where = forum.rhythm
            if where is not None:
                yield from comment_lines(self._say("Se linje %(lines)s.") % {"lines": where.lines})
        else:
            yield f"rhythm = {quoted(words)}"
        for other in forum.rhythms:
            said = _words(other)
            if other is not forum.rhythm and said is not None and said != words:
                text = self._say("Planen sier også «%(words)s» på linje %(lines)s.")
                yield from comment_lines(text % {"words": said, "lines": other.lines})

    def _seats_of(self, forum: DraftForum) -> Iterator[str]:
        say, seats = self._say, self._seats[id(forum)]
        if seats:
            yield "seats = ["
            yield from (f"    {_seat(slug, seat)}," for slug, seat in seats)
            yield "]"
        elif not is_elected(forum.name):
            yield from comment_lines(say("Fyll ut hvem som deltar:"))
            yield '# seats = [{ position = "", function = ["leader", "convener"] }]'
        services = [seat.title for seat in forum.seats if not seat.is_position]
        if services:
            text = say("Nevnt uten stilling: %(names)s. Hvem møter derfra?")
            yield from comment_lines(text % {"names": ", ".join(services)})
        functions = {function for _, seat in seats for function in seat.functions}
        if seats and not functions & {Function.LEADER, Function.CHAIR, Function.CONVENER}:
            yield from comment_lines(say("Planen sier ikke hvem som leder og kaller inn."))
        if seats and not functions & {Function.SECRETARY, Function.MINUTE_TAKER}:
            yield from comment_lines(say("Planen sier ikke hvem som skriver referat."))

    def _duties_part(self) -> Iterator[str]:
        say = self._say
        yield from title_lines(say("Oppgaver som kommer igjen"))
        yield from comment_lines(say(_DUTIES))
        duties = {duty.kind: duty for duty in self._draft.duties}
        for kind, (slug, text) in _DUTY_NAMES.items():
            duty = duties.get(kind)
            if duty is None and kind is not DutyKind.COUNCIL_REPORT:
                continue
            yield from ("", "[[duty]]", f"slug = {quoted(slug)}", f"name = {quoted(say(text))}")
            yield f"kind = {quoted(kind)}"
            yield from self._duty(kind, duty)

    def _duty(self, kind: DutyKind, duty: DutyGuess | None) -> Iterator[str]:
        say = self._say
        words = None if duty is None else _words(duty.rhythm)
        if kind is DutyKind.PLAN_REVIEW:
            yield f"per_service = true    # {say('en for hver tjeneste')}"
        else:
            yield f'# position = ""    # {say("fyll ut: stillingen som har oppgaven")}'
        if kind is DutyKind.COUNCIL_REPORT:
            yield f"rhythm = {quoted(words or 'minst en gang i året')}"
            yield 'reports_to = "Kommunestyret"'
            yield 'law = "barnevernsloven § 15-3 femte ledd"'
        elif words is not None:
            yield f"rhythm = {quoted(words)}"
            yield f"# last_done = 2025    # {say('fyll ut: når det sist ble gjort')}"
        if duty is not None:
            yield f"lines = {quoted(duty.rhythm.lines)}"

    def _rules_part(self) -> Iterator[str]:
        if not self._draft.about_one_child:
            return
        say = self._say
        yield from title_lines(say("Regler: møter om ett barn blir aldri forum"))
        for name, line in self._draft.about_one_child:
            yield from ("", "[[rule]]", f"slug = {quoted(suggested_slug(name))}")
            yield f"name = {quoted(name)}"
            yield f"text = {quoted(say('Planlegges i fagsystemet, aldri her.'))}"
            yield f'lines = "{line}"'

    def _unplaced_part(self) -> Iterator[str]:
        places: dict[str, list[str]] = {}
        for each in self._draft.unplaced:
            places.setdefault((_words(each) or "…").lower(), []).append(each.lines)
        if not places:
            return
        yield from title_lines(self._say("Rytmer uten plass"))
        yield from comment_lines(self._say(_UNPLACED))
        for words, lines in list(places.items())[:_MOST_UNPLACED]:
            yield from comment_lines(f"- {words}: {', '.join(lines)}")

    def _position(self, seat: SeatGuess) -> str:
        slug = suggested_slug(seat.title) or f"stilling-{len(self._positions) + 1}"
        self._positions.setdefault(slug, (seat.title, []))[1].append(seat.line)
        return slug


_HEAD = (
    "Utkast til planfil, laget av planens tekst. Programmet gjetter: rett filen for hånd, og se"
    " malen (mal.toml) for alle felt. Vis hva som blir lest inn med: aarshjul load FIL --dry-run."
    " «lines» er linjer i teksten slik programmet leste den. Skriv aldri om et barn, en familie"
    " eller en sak, og ingen navn på personer."
)
_TITLE = "Plan for forebyggende arbeid for barn og unge"
_POSITIONS = (
    "Titler som står ved forumene i planen. Slå sammen like titler, og rett dem til dagens. En"
    " rektor eller styrer for hver enhet skrives med per_unit, se malen."
)
_LEVELS = (
    "level er system når forumet bare drøfter system og rutiner, case_else_anonymous eller"
    " case_else_not når det drøfter enkeltsaker, og mixed når det er uklart. Et forum på"
    " enkeltsaksnivå vises bare for medlemmene og har aldri saksliste."
)
_NO_RHYTHM = "Planen gir ingen møterytme som programmet fant. Velg en:"
_DUTIES = "Tilstandsrapporten til kommunestyret er lovpålagt. Legg til det som mangler."
_UNPLACED = (
    "Linje og ord i planen som ikke ble knyttet til et forum. Flytt dem til forum, oppgaver eller"
    " tiltak, eller ta dem bort."
)
_DUTY_NAMES = {
    DutyKind.PLAN_REVIEW: ("arlig-gjennomgang", "Årlig gjennomgang av planen"),
    DutyKind.REVISION: ("revisjon", "Rullering av planen"),
    DutyKind.SURVEY: ("undersokelse", "Undersøkelse"),
    DutyKind.COUNCIL_REPORT: (
        "tilstandsrapport-barnevern",
        "Tilstandsrapport om barneverntjenesten til kommunestyret",
    ),
}


def _words(rhythm: FoundRhythm) -> str | None:
    return kept(rhythm.phrase, longest=_LONGEST_RHYTHM)


def _seat(slug: str, seat: SeatGuess) -> str:
    functions = [function for function in seat.functions if function is not Function.MEMBER]
    if not functions:
        return f"{{ position = {quoted(slug)} }}"
    said = ", ".join(quoted(function) for function in functions)
    return f"{{ position = {quoted(slug)}, function = [{said}] }}"
