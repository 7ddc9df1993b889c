"""Compares a list of people with the holdings that stand."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Person, Position
from scheduler.usecases.people.people_file import PersonRow
from scheduler.usecases.people.people_report import HoldingAction, HoldingChange, PeopleReport
from scheduler.usecases.people.person import is_unnamed
from scheduler.usecases.people.problem import PeopleFileError, RowCode, RowProblem

__all__ = ["compare_people"]

_AT_MOST_NEAR = 3
_NAMES_NONE = (RowCode.UNKNOWN_POSITION, RowCode.MISSPELT_POSITION)

_PRIVATE = frozenset(
    (
        "gmail.com",
        "hotmail.com",
        "hotmail.no",
        "icloud.com",
        "live.com",
        "live.no",
        "me.com",
        "msn.com",
        "online.no",
        "outlook.com",
        "yahoo.com",
        "yahoo.no",
    )
)


def compare_people(
    session: Session, rows: tuple[PersonRow, ...], *, municipality_id: int, today: date
) -> PeopleReport:
    """Return what loading the list would do; nothing is written.

    Raises:
        PeopleFileError: a row names a position that is not there, or that several titles fit, or
            ends before today without saying when it began.
    """
    return _Comparison(session, rows, municipality_id, today).report()


class _Comparison:
    """The list beside what stands in the database."""

    def __init__(
        self, session: Session, rows: tuple[PersonRow, ...], municipality_id: int, today: date
    ) -> None:
        self._rows = rows
        self._today = today
        self._positions = session.exec(
            select(Position)
            .where(Position.municipality_id == municipality_id, col(Position.retired_on).is_(None))
            .order_by(Position.slug)
        ).all()
        self._people = {
            person.email: person
            for person in session.exec(
                select(Person).where(col(Person.email).in_({row.email for row in rows}))
            )
        }
        self._holdings = session.exec(
            select(Holder, Person)
            .join(Person, col(Person.id) == col(Holder.person_id))
            .where(col(Holder.position_id).in_([id_of(each) for each in self._positions]))
            .order_by(col(Holder.from_on), col(Holder.id))
        ).all()
        self._warnings: list[RowProblem] = []

    def report(self) -> PeopleReport:
        """Return what happens to each row."""
        problems: list[RowProblem] = []
        found = [(row, self._position(row, problems)) for row in self._rows]
        if problems:
            unknown = any(one.code in _NAMES_NONE for one in problems)
            slugs = tuple(each.slug for each in self._positions) if unknown else ()
            raise PeopleFileError(tuple(problems), positions=slugs)
        changes = [self._change(row, position) for row, position in found if position]
        problems += [
            RowProblem(RowCode.MISSING_VALUE, change.row, "from")
            for change in changes
            if change.until_on is not None and change.until_on < change.from_on
        ]
        if problems:
            raise PeopleFileError(tuple(problems))
        self._warn_of_several(changes)
        warnings = dict.fromkeys(sorted(self._warnings, key=lambda each: each.row))
        return PeopleReport(tuple(changes), self._missing(changes), tuple(warnings))

    def _position(self, row: PersonRow, problems: list[RowProblem]) -> Position | None:
        word = row.position.casefold()
        by_slug = [each for each in self._positions if each.slug == row.position]
        fits = by_slug or [
            each
            for each in self._positions
            if word in (each.title.casefold(), (each.old_title or "").casefold())
        ]
        if len(fits) == 1:
            return fits[0]
        code = RowCode.SEVERAL_POSITIONS
        if not fits:
            fits = self._near(word)
            code = RowCode.MISSPELT_POSITION if fits else RowCode.UNKNOWN_POSITION
        wanted = ", ".join(each.slug for each in fits)
        problems.append(RowProblem(code, row.row, "position", row.position, wanted))
        return None

    def _near(self, word: str) -> list[Position]:
        """Return the few positions that a word may have meant, the likeliest first."""
        by_name = [
            (name.casefold(), each)
            for each in self._positions
            for name in (each.slug, each.title, each.old_title or "")
            if name
        ]
        names = [name for name, _each in by_name]
        near = [name for name in names if len(word) > 2 and (word in name or name in word)]
        near += get_close_matches(word, names)
        found = {each.slug: each for chosen in near for name, each in by_name if name == chosen}
        return list(found.values())[:_AT_MOST_NEAR]

    def _change(self, row: PersonRow, position: Position) -> HoldingChange:
        person = self._people.get(row.email)
        is_named = person is not None and not is_unnamed(person)
        if person is not None and is_named and person.name != row.name:
            self._warn(RowCode.NAME_DIFFERS, row, "name", row.name)
        if row.email.rpartition("@")[2] in _PRIVATE:
            self._warn(RowCode.PRIVATE_ADDRESS, row, "email", row.email)
        holder = self._standing(row, position, person)
        from_on = row.from_on or (holder.from_on if holder else self._today)
        until_on = row.until_on or (holder.until_on if holder and row.from_on is None else None)
        before = (holder.from_on, holder.until_on) if holder else None
        if before is None:
            action = HoldingAction.ADDED
        else:
            is_same = before == (from_on, until_on) and person is not None and person.active
            action = HoldingAction.UNCHANGED if is_same else HoldingAction.CHANGED
        return HoldingChange(
            row=row.row,
            action=action,
            position_id=id_of(position),
            position_title=position.title,
            name=person.name if person is not None and is_named else row.name,
            email=row.email,
            kind=row.kind,
            from_on=from_on,
            until_on=until_on,
            before=before,
            language=row.language,
            person_id=id_of(person) if person else None,
            holder_id=id_of(holder) if holder else None,
        )

    def _standing(self, row: PersonRow, position: Position, person: Person | None) -> Holder | None:
        """Return the person's holding that the row speaks of: one that its span touches."""
        if person is None:
            return None
        first = row.from_on or self._today
        for holder, _person in self._holdings:
            if (
                (holder.position_id, holder.person_id, holder.kind)
                == (position.id, person.id, row.kind)
                and (holder.until_on is None or holder.until_on >= first)
                and (row.until_on is None or holder.from_on <= row.until_on)
            ):
                return holder
        return None

    def _warn_of_several(self, changes: list[HoldingChange]) -> None:
        """Warn where a position that one person holds gets two at the same time."""
        alone = {id_of(each) for each in self._positions if not each.held_by_several}
        listed = {change.holder_id for change in changes}
        spans = [
            (holder.position_id, person.email, holder.from_on, holder.until_on)
            for holder, person in self._holdings
            if holder.kind is HolderKind.HOLDER and holder.id not in listed
        ]
        for change in changes:
            if change.position_id not in alone or change.kind is not HolderKind.HOLDER:
                continue
            span = (change.position_id, change.email, change.from_on, change.until_on)
            if any(_clash(span, other) for other in spans):
                self._warnings.append(
                    RowProblem(
                        RowCode.SEVERAL_HOLDERS, change.row, "position", change.position_title
                    )
                )
            spans.append(span)

    def _missing(self, changes: list[HoldingChange]) -> tuple[str, ...]:
        named = {change.position_id for change in changes}
        listed = {(change.position_id, change.email) for change in changes}
        titles = {id_of(each): each.title for each in self._positions}
        return tuple(
            f"{titles[holder.position_id]}: {person.name}"
            for holder, person in self._holdings
            if holder.position_id in named
            and (holder.position_id, person.email) not in listed
            and holder.from_on <= self._today
            and (holder.until_on is None or holder.until_on >= self._today)
        )

    def _warn(self, code: RowCode, row: PersonRow, column: str, value: str) -> None:
        self._warnings.append(RowProblem(code, row.row, column, value))


def _clash(
    one: tuple[int, str, date, date | None], other: tuple[int, str, date, date | None]
) -> bool:
    same_position, other_person = one[0] == other[0], one[1] != other[1]
    overlap = (one[3] is None or one[3] >= other[2]) and (other[3] is None or other[3] >= one[2])
    return same_position and other_person and overlap
