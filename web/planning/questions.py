"""What the plan leaves open: each question with what to do about it, and the answers given here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from scheduler.domain.enums import ForumLevel
from scheduler.domain.language import say_date
from scheduler.usecases.administration.positions import position_lines
from scheduler.usecases.open_questions import (
    AnsweredQuestion,
    Answerer,
    AnswerError,
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
    say_refusal,
    settle_question,
    settled_questions,
)
from web.current import current_now, current_today
from web.forms import Form
from web.language import current_language
from web.language import gettext as _
from web.login.required import the_access
from web.pages.words import level_words
from web.parts import current_parts
from web.planning.blueprint import Place, page, path_to, planning, planning_page, the_acting
from web.planning.words import question_advice

__all__ = ["ask", "give_answer", "questions", "reopen", "settle"]

_ANSWERED_HERE: Final = (
    QuestionKind.LEVEL,
    QuestionKind.RESPONSIBLE,
    QuestionKind.EVALUATOR,
    QuestionKind.LAST_DONE,
)
_IN_THE_FILE: Final = (
    QuestionKind.PLAN,
    QuestionKind.ADOPTED,
    QuestionKind.UNITS,
    QuestionKind.CONVENER,
    QuestionKind.MINUTE_TAKER,
    QuestionKind.SERVICE_LEADER,
)


@planning.get("/<period>/sporsmal")
@planning_page
def questions(place: Place) -> ResponseReturnValue:
    """List what is not settled, with what to do about each."""
    with current_parts().database.read() as database:
        found = _open(database, place)
        settled = settled_questions(database, place.municipality.id)
        answered = answered_questions(database, place.municipality.id)
    return page(
        "questions",
        place,
        questions=[(one, say_question(one, current_language())) for one in found],
        settled=settled,
        answered=[(one, say_question(one.question, current_language())) for one in answered],
        answer_words=_answer_words,
        way=lambda one: _way(place, one),
        advice=question_advice,
        names_file=any(one.kind in _IN_THE_FILE for one in found),
        is_settled_here=lambda one: one.kind is QuestionKind.PLAN,
    )


@planning.get("/<period>/sporsmal/<kind>/<slug>")
@planning_page
def ask(place: Place, kind: str, slug: str) -> ResponseReturnValue:
    """Ask one question that is answered here, or once more with the answer that stands."""
    found = _find(place, kind, slug)
    stands = found.answer if isinstance(found, AnsweredQuestion) else None
    return _ask(place, found, Form({"answer": stands} if stands else None))


@planning.post("/<period>/sporsmal/<kind>/<slug>")
@planning_page
def give_answer(place: Place, kind: str, slug: str) -> ResponseReturnValue:
    """Keep the answer; it is the municipality's own, and stands when the plan is loaded again."""
    found = _find(place, kind, slug)
    form = Form(request.form)
    answer = _read(form, _question(found))
    if answer is None:
        return _ask(place, found, form), 422
    try:
        with current_parts().database.write() as database:
            answer(_answerer(database, place))
    except AnswerError as error:
        form.refuse("answer", say_refusal(error.refusal, current_language()))
        return _ask(place, found, form), 422
    flash(_("Svaret er lagret. Det gjelder fra neste gang året foreslås eller publiseres."))
    return redirect(path_to("questions", place), 303)


@planning.post("/<period>/sporsmal/<slug>/avklart")
@planning_page
def settle(place: Place, slug: str) -> ResponseReturnValue:
    """Mark one of the plan's own questions as settled."""
    return _mark(place, slug, today=current_today())


@planning.post("/<period>/sporsmal/<slug>/apne")
@planning_page
def reopen(place: Place, slug: str) -> ResponseReturnValue:
    """Ask a settled question again."""
    return _mark(place, slug, today=None)


def _mark(place: Place, slug: str, *, today: date | None) -> ResponseReturnValue:
    try:
        with current_parts().database.write() as database:
            by = _answerer(database, place)
            if today is None:
                reopen_question(by, slug)
            else:
                settle_question(by, slug, today=today)
    except AnswerError:
        abort(404)
    flash(_("Spørsmålet er åpent igjen.") if today is None else _("Spørsmålet er avklart."))
    return redirect(path_to("questions", place), 303)


def _open(database: Session, place: Place) -> tuple[OpenQuestion, ...]:
    return open_questions(database, place.municipality.id, today=current_today())


def _find(place: Place, kind: str, slug: str) -> OpenQuestion | AnsweredQuestion:
    with current_parts().database.read() as database:
        found: tuple[OpenQuestion | AnsweredQuestion, ...] = (
            *_open(database, place),
            *answered_questions(database, place.municipality.id),
        )
    asked = (one for one in found if _question(one).kind in _ANSWERED_HERE)
    named = (one for one in asked if (_question(one).kind, _question(one).slug) == (kind, slug))
    return next(named, None) or abort(404)


def _question(found: OpenQuestion | AnsweredQuestion) -> OpenQuestion:
    return found.question if isinstance(found, AnsweredQuestion) else found


def _answer_words(answered: AnsweredQuestion) -> str:
    if answered.question.kind is QuestionKind.LEVEL:
        return level_words(ForumLevel(answered.answer))
    if answered.question.kind is QuestionKind.LAST_DONE:
        return say_date(date.fromisoformat(answered.answer), current_language())
    return answered.position or answered.answer


def _way(place: Place, question: OpenQuestion) -> str | None:
    """Return the address where a question is answered, or None where that is not on a page."""
    if question.kind in _ANSWERED_HERE:
        return path_to("ask", place, kind=question.kind.value, slug=question.slug)
    if question.kind is QuestionKind.RHYTHM:
        return path_to("rhythm", place, slug=question.slug)
    if question.kind is QuestionKind.CLOSED:
        return path_to("closed", place)
    if the_access().may_administer(place.municipality.id):
        if question.kind is QuestionKind.OWNER:
            return url_for("admin.settings", municipality=place.municipality.slug)
        if question.kind is QuestionKind.COUNCIL:
            return url_for("admin.council", municipality=place.municipality.slug)
    return None


def _ask(place: Place, found: OpenQuestion | AnsweredQuestion, form: Form) -> str:
    question = _question(found)
    with current_parts().database.read() as database:
        lines = position_lines(database, the_acting(place))
    return page(
        "question",
        place,
        question=question,
        said=say_question(question, current_language()),
        stands=_answer_words(found) if isinstance(found, AnsweredQuestion) else None,
        form=form,
        levels=[(level.value, level_words(level)) for level in ForumLevel],
        positions=[(line.slug, line.title) for line in lines],
    )


def _read(form: Form, question: OpenQuestion) -> Callable[[Answerer], None] | None:
    """Read the answer to a question; None with the form's problems where there is none."""
    slug = question.slug
    if question.kind is QuestionKind.LEVEL:
        level = form.choice("answer", _("Hva forumet drøfter"), ForumLevel)
        if level is ForumLevel.SYSTEM and not form.ticked("confirmed"):
            form.refuse("confirmed", _("Bekreft at forumet aldri drøfter enkeltsaker"))
        if level is None or form.problems:
            return None
        return lambda by: decide_level(by, slug, level)
    if question.kind is QuestionKind.LAST_DONE:
        on = form.day("answer", _("Sist gjort"))
        today = current_today()
        return None if on is None else lambda by: note_last_done(by, slug, on, today=today)
    position = form.line("answer", _("Stilling"))
    if not position:
        return None
    assign = assign_duty if question.kind is QuestionKind.RESPONSIBLE else assign_measure
    return lambda by: assign(by, slug, position)


def _answerer(database: Session, place: Place) -> Answerer:
    return Answerer(
        database, place.municipality.id, now=current_now(), actor_id=the_access().person.id
    )
