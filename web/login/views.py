"""Log in by a link in a mail, and log out."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from scheduler.usecases.access.errors import TooManyLoginsError
from scheduler.usecases.access.login_link import LoginLink, ask_for_login, person_of_link
from scheduler.usecases.access.web_session import end_session, log_in
from web.current import (
    absolute_url,
    current_access,
    current_now,
    current_session,
    forget_person,
    session_cookie_name,
)
from web.forms import Form
from web.language import gettext as _
from web.login.even_time import at_least
from web.login.required import NEXT_KEY
from web.navigation import home_path
from web.parts import current_parts

__all__ = ["login"]

_SECONDS_TO_ANSWER = 0.25
_THIRTY_DAYS = 30 * 24 * 3600

login = Blueprint("login", __name__)


@login.get("/logg-inn")
def ask() -> ResponseReturnValue:
    """Ask for the work address."""
    if current_access() is not None:
        return redirect(home_path(), 303)
    return render_template("login/ask.html", form=Form())


@login.post("/logg-inn")
def send() -> ResponseReturnValue:
    """Send a link to the address, if it is known, and answer the same if it is not."""
    form = Form(request.form)
    email = form.email("email", _("E-postadresse på jobb"))
    if form.problems:
        return render_template("login/ask.html", form=form), 422
    parts, now = current_parts(), current_now()
    with at_least(_SECONDS_TO_ANSWER), parts.database.write() as database:
        link = ask_for_login(database, email=email, machine=request.remote_addr or "", now=now)
        if isinstance(link, LoginLink):
            url = absolute_url(url_for("login.look", token=link.token))
            parts.send_login_mail(
                database,
                person_id=link.person_id,
                url=url,
                expires_at=link.expires_at,
                now=now,
            )
    if isinstance(link, TooManyLoginsError):
        form.refuse(
            "email",
            _(
                "E-postadresse på jobb har fått for mange lenker; vent %(minutes)d minutter",
                minutes=int(link.wait.total_seconds() // 60),
            ),
        )
        return render_template("login/ask.html", form=form), 429
    return redirect(url_for("login.sent"), 303)


@login.get("/logg-inn/sendt")
def sent() -> ResponseReturnValue:
    """Say that the mail is on its way, if the address is known."""
    return render_template("login/sent.html")


@login.get("/logg-inn/<token>")
def look(token: str) -> ResponseReturnValue:
    """Show whom the link logs in, and a button: mail scanners open links too."""
    with current_parts().database.read() as database:
        person = person_of_link(database, token, now=current_now())
    return render_template("login/confirm.html", person=person)


@login.post("/logg-inn/<token>")
def enter(token: str) -> ResponseReturnValue:
    """Spend the link and begin a session."""
    now, earlier = current_now(), current_session()
    with current_parts().database.write() as database:
        secret = log_in(database, token, now=now)
        if earlier is not None:
            end_session(database, earlier.person_id, earlier.id, now=now)
    wanted = _own_path(session.get(NEXT_KEY))
    # What a stranger's visit left behind, its form token too, is of no more use.
    session.clear()
    forget_person()
    response = redirect(wanted or home_path(), 303)
    return _with_cookie(response, secret)


@login.post("/logg-ut")
def leave() -> ResponseReturnValue:
    """End this session."""
    known = current_session()
    if known is not None:
        with current_parts().database.write() as database:
            end_session(database, known.person_id, known.id, now=current_now())
    session.clear()
    flash(_("Du er logget ut."))
    response = redirect(url_for("login.ask"), 303)
    response.delete_cookie(
        session_cookie_name(),
        secure=current_parts().settings.over_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def _own_path(wanted: object) -> str | None:
    """Return the path if it cannot lead to another site, nor break the answer it stands in.

    Browsers read a backslash as a slash and drop tabs and newlines, so "/\\t/" begins an address.
    """
    if not isinstance(wanted, str) or not wanted.startswith("/") or not wanted.isprintable():
        return None
    return None if wanted[1:2] in ("/", "\\") else wanted


def _with_cookie(response: Response, secret: str) -> Response:
    response.set_cookie(
        session_cookie_name(),
        secret,
        max_age=_THIRTY_DAYS,
        httponly=True,
        samesite="Lax",
        secure=current_parts().settings.over_https,
    )
    return response
