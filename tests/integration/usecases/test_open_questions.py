"""What a loaded plan leaves open, and how it is answered for good."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from sqlmodel import col, select

from scheduler.domain.cadence import read
from scheduler.domain.enums import ForumLevel
from scheduler.domain.language import Language
from scheduler.plans import bundled
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Municipality, Plan, Position, RecurringDuty
from scheduler.usecases.open_questions import (
    Answerer,
    AnswerError,
    AnswerRefusal,
    OpenQuestion,
    QuestionKind,
    answered_questions,
    assign_duty,
    assign_measure,
    decide_level,
    note_last_done,
    open_questions,
    reopen_question,
    say_question,
    settle_question,
)
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.rhythms import choose_rhythm

TODAY = date(2027, 1, 11)


@pytest.fixture
def loaded(sqlite_database: Database, now: datetime) -> Database:
    """Sør-Fron and Bamble, as their plan files leave them."""
    for name in ("sor-fron", "bamble"):
        load(sqlite_database, name, now)
    return sqlite_database


def load(database: Database, name: str, now: datetime) -> int:
    with database.write() as session:
        report = load_plan(session, parse_plan_file(bundled(name)), now=now, actor_id=None)
    return report.changed


def asked(database: Database, slug: str) -> list[OpenQuestion]:
    with database.read() as session:
        municipality = session.exec(select(Municipality).where(Municipality.slug == slug)).one()
        return list(open_questions(session, id_of(municipality), today=TODAY))


@contextmanager
def answering(database: Database, slug: str, now: datetime) -> Iterator[Answerer]:
    with database.write() as session:
        municipality = session.exec(select(Municipality).where(Municipality.slug == slug)).one()
        yield Answerer(session, id_of(municipality), now=now, actor_id=None)


def slugs(database: Database, slug: str, kind: QuestionKind) -> list[str]:
    return [each.slug for each in asked(database, slug) if each.kind is kind]


def test_a_plan_without_rhythms_asks_for_one_for_each_forum_we_date(loaded: Database) -> None:
    assert slugs(loaded, "bamble", QuestionKind.RHYTHM) == [
        "kommunedirektorens-ledergruppe",
        "kompetanseteam",
        "ledermoter",
        "personalmoter",
        "samarbeidsmoter",
        "samhandlingskonferansen",
        "styringsgruppa-for-barn-og-unge",
        "virksomhetsledergruppa-oppvekst",
    ]


def test_the_questions_of_sor_fron(loaded: Database) -> None:
    assert slugs(loaded, "sor-fron", QuestionKind.RHYTHM) == []
    assert slugs(loaded, "sor-fron", QuestionKind.OWNER) == ["plan"]
    assert slugs(loaded, "sor-fron", QuestionKind.LEVEL) == [
        "barnevern-helsestasjon-lege-psykisk-helse",
        "barnevern-og-barnehage",
        "barnevern-og-skole",
        "ppt-og-skoler-og-barnehager",
    ]
    # The plan says that it was revised in 2017, but not when Ungdata was last held.
    assert slugs(loaded, "sor-fron", QuestionKind.LAST_DONE) == ["ungdata", "vurdere-revisjon"]
    assert slugs(loaded, "sor-fron", QuestionKind.CLOSED) == ["vinterferie-2027", "hostferie-2027"]
    (first,) = [each for each in asked(loaded, "sor-fron") if each.slug == "ungdata"][-1:]
    assert say_question(first, Language.NYNORSK) == "Når vart «Ungdata» sist gjort?"


def test_an_answered_question_is_not_asked_again_and_survives_the_next_loading(
    loaded: Database, now: datetime
) -> None:
    with answering(loaded, "sor-fron", now) as by:
        settle_question(by, "sarbarhet", today=TODAY)
        decide_level(by, "barnevern-og-skole", ForumLevel.SYSTEM)
        note_last_done(by, "ungdata", date(2025, 3, 1), today=TODAY)
        assign_measure(by, "barseltrim", "helsesykepleier")
        assign_duty(by, "felles-fagdager", "tjenesteleder-familie-og-mestring")
    assert load(loaded, "sor-fron", now) == 0
    left = {each.slug for each in asked(loaded, "sor-fron")}
    assert "sarbarhet" not in left
    assert "barnevern-og-skole" not in {
        each.slug for each in asked(loaded, "sor-fron") if each.kind is QuestionKind.LEVEL
    }
    assert left.isdisjoint({"ungdata", "barseltrim", "felles-fagdager"})
    with loaded.read() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "barnevern-og-skole")).one()
        assert (forum.level, "level" in forum.chosen) == (ForumLevel.SYSTEM, True)
        actions = session.exec(
            select(AuditEvent.entity).where(AuditEvent.action == "plan_file.answered")
        ).all()
        assert sorted(actions) == ["duty", "duty", "forum", "measure", "plan"]


def test_the_log_says_which_question_was_settled_and_none_of_the_others(
    loaded: Database, now: datetime
) -> None:
    with answering(loaded, "sor-fron", now) as by:
        settle_question(by, "sarbarhet", today=TODAY)
        reopen_question(by, "sarbarhet")
    with loaded.read() as session:
        said = session.exec(
            select(AuditEvent.before, AuditEvent.after)
            .where(AuditEvent.entity == "plan", AuditEvent.action == "plan_file.answered")
            .order_by(col(AuditEvent.id))
        ).all()
    is_open = {"question": "sarbarhet", "settled_on": None}
    is_settled = {"question": "sarbarhet", "settled_on": TODAY.isoformat()}
    assert said == [(is_open, is_settled), (is_settled, is_open)]


def test_the_answers_that_stand_are_listed_and_the_last_one_counts(
    loaded: Database, now: datetime
) -> None:
    assert answers(loaded, "sor-fron") == []
    with answering(loaded, "sor-fron", now) as by:
        decide_level(by, "barnevern-og-skole", ForumLevel.SYSTEM)
        note_last_done(by, "ungdata", date(2025, 3, 1), today=TODAY)
        assign_measure(by, "barseltrim", "helsesykepleier")
        assign_duty(by, "felles-fagdager", "helsesykepleier")
        assign_duty(by, "felles-fagdager", "tjenesteleder-familie-og-mestring")
        decide_level(by, "barnevern-og-skole", ForumLevel.CASE_ELSE_NOT)
    assert answers(loaded, "sor-fron") == [
        (QuestionKind.LEVEL, "barnevern-og-skole", "case_else_not"),
        (QuestionKind.RESPONSIBLE, "felles-fagdager", "tjenesteleder-familie-og-mestring"),
        (QuestionKind.LAST_DONE, "ungdata", "2025-03-01"),
        (QuestionKind.EVALUATOR, "barseltrim", "helsesykepleier"),
    ]
    assert answers(loaded, "bamble") == []


def test_an_answer_that_a_later_plan_says_otherwise_is_none_any_more(
    loaded: Database, now: datetime
) -> None:
    with answering(loaded, "sor-fron", now) as by:
        note_last_done(by, "ungdata", date(2025, 3, 1), today=TODAY)
    with loaded.write() as session:
        duty = session.exec(select(RecurringDuty).where(RecurringDuty.slug == "ungdata")).one()
        duty.last_done_on = date(2026, 3, 1)
        session.add(duty)
    assert answers(loaded, "sor-fron") == []


def answers(database: Database, slug: str) -> list[tuple[QuestionKind, str, str]]:
    with database.read() as session:
        municipality = session.exec(select(Municipality).where(Municipality.slug == slug)).one()
        found = answered_questions(session, id_of(municipality))
    return [(each.question.kind, each.question.slug, each.answer) for each in found]


def test_a_chosen_rhythm_is_not_asked_for_again_and_survives_the_next_loading(
    loaded: Database, now: datetime
) -> None:
    words = "hver andre fredag kl. 9.00-11.00"
    steering = "styringsgruppa-for-barn-og-unge"
    with loaded.write() as session:
        bamble = session.exec(select(Municipality).where(Municipality.slug == "bamble")).one()
        assert choose_rhythm(
            session,
            bamble,
            steering,
            words,
            read(words).cadence,
            anchor_on=None,
            now=now,
            actor_id=None,
        )
    assert load(loaded, "bamble", now) == 0
    with loaded.read() as session:
        forum = session.exec(select(Forum).where(Forum.slug == steering)).one()
        assert forum.cadence is not None
        assert (forum.cadence["unit"], forum.cadence["interval"]) == ("week", 2)
    assert steering not in slugs(loaded, "bamble", QuestionKind.RHYTHM)


def test_what_the_plan_itself_says_is_not_chosen_away(loaded: Database, now: datetime) -> None:
    with answering(loaded, "sor-fron", now) as by:
        with pytest.raises(AnswerError) as refused:
            decide_level(by, "familieteam", ForumLevel.SYSTEM)
        assert refused.value.refusal is AnswerRefusal.THE_PLAN_SAYS


def test_answers_that_cannot_be_are_refused(loaded: Database, now: datetime) -> None:
    with answering(loaded, "bamble", now) as by:
        for answer, refusal in (
            # Sør-Fron's forums are not Bamble's.
            (lambda: decide_level(by, "familieteam", ForumLevel.SYSTEM), AnswerRefusal.NOT_FOUND),
            (lambda: settle_question(by, "sarbarhet", today=TODAY), AnswerRefusal.NOT_FOUND),
            (lambda: assign_duty(by, "revisjon", "barnehageansatte"), AnswerRefusal.NOT_FOUND),
            (
                lambda: note_last_done(by, "revisjon", date(2027, 1, 12), today=TODAY),
                AnswerRefusal.IN_THE_FUTURE,
            ),
        ):
            with pytest.raises(AnswerError) as refused:
                answer()
            assert refused.value.refusal is refusal
    with loaded.read() as session:
        plans = session.exec(select(Plan)).all()
        assert all(q["settled_on"] is None for plan in plans for q in plan.questions)
        assert session.exec(select(RecurringDuty.last_done_on)).all() == [None] * len(
            session.exec(select(RecurringDuty)).all()
        )
        assert session.exec(select(Position.slug).where(Position.slug == "barnehageansatte")).all()
