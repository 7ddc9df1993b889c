"""Turns whatever went wrong into a page that says what to do, in the reader's written form."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from scheduler.domain.errors import AarshjulError
from scheduler.usecases.access.errors import LoginLinkSpentError
from scheduler.usecases.administration.errors import NotHereError, TooLongPeriodError
from scheduler.usecases.feeds.subscriptions import UnknownSubscriptionError
from scheduler.usecases.meetings.errors import MeetingChangedError, MeetingStateError
from scheduler.usecases.people import HoldingError
from scheduler.usecases.reminders.errors import (
    AlreadyPostponedError,
    DutyNotFoundError,
    DutyStateError,
)
from scheduler.usecases.year.year_plans import OverlappingPeriodError, StaleProposalError
from web.language import N_
from web.parts import current_parts

__all__ = ["ErrorText", "install_errors"]

_LOG = logging.getLogger("web.errors")
_BUSY = 503


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a page says: what happened, and what the reader can do."""

    title: str
    advice: str


_MEETING_STANDS = ErrorText(
    N_("Møtet kan ikke endres slik nå"),
    N_("Det er avlyst, avholdt eller ikke publisert. Åpne møtet og se hva som gjelder."),
)
_BY_STATUS = {
    400: ErrorText(
        N_("Vi forstod ikke forespørselen"),
        N_("Gå tilbake, se over det du fylte ut, og prøv igjen."),
    ),
    403: ErrorText(
        N_("Du har ikke tilgang til denne siden"),
        N_("Den som administrerer årshjulet i kommunen kan gi stillingen din tilgang."),
    ),
    404: ErrorText(
        N_("Vi finner ikke siden"),
        N_("Adressen kan være feil, siden kan være flyttet, eller den er ikke for deg."),
    ),
    405: ErrorText(
        N_("Siden kan ikke åpnes på denne måten"),
        N_("Gå til forsiden og finn fram derfra."),
    ),
    409: _MEETING_STANDS,
    413: ErrorText(
        N_("Det du sendte er for stort"),
        N_("Prøv igjen med en mindre fil eller en kortere tekst."),
    ),
    429: ErrorText(
        N_("Du har prøvd for mange ganger"),
        N_("Vent et kvarter og prøv igjen."),
    ),
    500: ErrorText(
        N_("Noe gikk galt hos oss"),
        N_("Feilen er notert. Prøv igjen om litt. Ingenting du gjorde, er lagret halvveis."),
    ),
    _BUSY: ErrorText(
        N_("Årshjulet er opptatt akkurat nå"),
        N_("Vent et minutt og prøv igjen. Ingenting du gjorde, er lagret halvveis."),
    ),
}
_FORM_TOO_OLD = ErrorText(
    N_("Skjemaet kunne ikke sendes"),
    N_("Skjemaet var for gammelt. Gå tilbake, last siden på nytt og send skjemaet en gang til."),
)
_BY_ERROR: dict[type[AarshjulError], tuple[int, ErrorText]] = {
    NotHereError: (404, _BY_STATUS[404]),
    DutyNotFoundError: (404, _BY_STATUS[404]),
    HoldingError: (404, _BY_STATUS[404]),
    UnknownSubscriptionError: (404, _BY_STATUS[404]),
    MeetingChangedError: (
        409,
        ErrorText(
            N_("Noen andre har endret møtet"),
            N_("Åpne møtet på nytt og se hva som gjelder nå, før du endrer det."),
        ),
    ),
    MeetingStateError: (409, _MEETING_STANDS),
    DutyStateError: (
        409,
        ErrorText(
            N_("Oppgaven kan ikke endres slik nå"),
            N_("Den er ferdig, eller noen andre har endret den. Last siden på nytt."),
        ),
    ),
    AlreadyPostponedError: (
        409,
        ErrorText(
            N_("Oppgaven er alt utsatt én gang"),
            N_("Trenger du mer tid, så snakk med leder for forumet."),
        ),
    ),
    StaleProposalError: (
        409,
        ErrorText(
            N_("Året er endret siden forslaget ble laget"),
            N_("Lag forslaget på nytt, så er endringene med."),
        ),
    ),
    OverlappingPeriodError: (
        409,
        ErrorText(
            N_("En publisert periode begynner inne i denne"),
            N_("Planlegg en periode som slutter før den, eller angre den publiseringen først."),
        ),
    ),
    TooLongPeriodError: (
        422,
        ErrorText(
            N_("Perioden er for lang"),
            N_("En møtefri periode kan vare i høyst 120 dager. Se etter om året er riktig."),
        ),
    ),
    LoginLinkSpentError: (
        410,
        ErrorText(
            N_("Lenken virker ikke lenger"),
            N_("En lenke kan brukes én gang og varer i 15 minutter. Be om en ny."),
        ),
    ),
}
_REFUSED = ErrorText(
    N_("Det lot seg ikke gjøre"),
    N_("Noen andre kan ha endret det samme. Last siden på nytt og prøv igjen."),
)


def install_errors(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(CSRFError, _form_page)
    app.register_error_handler(AarshjulError, _problem_page)
    app.register_error_handler(OperationalError, _busy_page)


def _http_page(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None or status < 400:
        return make_response(error.get_response())
    if status >= 500:
        _ask_nothing_more()
    text = _BY_STATUS.get(status) or _BY_STATUS[400 if status < 500 else 500]
    answer = _page(status, text)
    if status == 405:
        answer.headers.extend(
            (name, value) for name, value in error.get_headers() if name == "Allow"
        )
    return answer


def _form_page(_error: CSRFError) -> Response:
    return _page(400, _FORM_TOO_OLD)


def _problem_page(error: AarshjulError) -> Response:
    status, text = _BY_ERROR.get(type(error), (409, _REFUSED))
    if type(error) not in _BY_ERROR:
        # Each error that a page can meet deserves words of its own; this one has none yet.
        _LOG.warning("no text for %s at %s", type(error).__name__, _route())
    return _page(status, text)


def _busy_page(error: OperationalError) -> Response:
    _LOG.error("the database at %s: %s", _route(), error.orig)
    _ask_nothing_more()
    answer = _page(_BUSY, _BY_STATUS[_BUSY])
    answer.headers["Retry-After"] = "60"
    return answer


def _page(status: int, text: ErrorText) -> Response:
    return make_response(
        render_template(
            "errors/error.html",
            status=status,
            text=text,
            link_is_spent=status == 410,
            accessibility_url=current_parts().settings.accessibility_url,
        ),
        status,
    )


def _ask_nothing_more() -> None:
    """Keep the page of a fault from asking the database who is looking."""
    g.ask_nothing = True
    if "access" not in g:
        g.known_session = g.access = None


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "-"
