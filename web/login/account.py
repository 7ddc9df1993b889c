"""A person's own account: name, written form, positions, and where they are logged in."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from scheduler.domain.language import Language
from scheduler.usecases.access.choose_language import choose_language as choose_for_person
from scheduler.usecases.access.web_session import end_other_sessions, end_session, sessions_of
from scheduler.usecases.people import rename_oneself
from web.current import current_now, current_session, current_today, forget_person
from web.forms import Form
from web.language import choose_language, keep_language
from web.language import gettext as _
from web.login.required import login_required, the_access
from web.parts import current_parts

__all__ = ["account"]

account = Blueprint("account", __name__, url_prefix="/min-konto")


@account.get("")
@login_required
def index() -> ResponseReturnValue:
    """Show the account."""
    return _page(Form())


@account.post("/navn")
@login_required
def rename() -> ResponseReturnValue:
    """Say one's own name."""
    form = Form(request.form)
    name = form.person_name("name", _("Navn"))
    if form.problems:
        return _page(form), 422
    with current_parts().database.write() as database:
        rename_oneself(
            database, the_access().person.id, name, today=current_today(), now=current_now()
        )
    forget_person()
    flash(_("Navnet er lagret."))
    return _back()


@account.post("/malform")
@login_required
def language() -> ResponseReturnValue:
    """Choose the written form of pages and mails."""
    form = Form(request.form)
    chosen = form.choice("language", _("Målform"), Language)
    if chosen is None:
        return _page(form), 422
    with current_parts().database.write() as database:
        choose_for_person(database, the_access().person.id, chosen)
    forget_person()
    choose_language(chosen)
    flash(_("Målformen er lagret."))
    # A choice made in this browser alone would stand in the way of the new one.
    return keep_language(_back(), None)


@account.post("/okter/<session_id>/avslutt")
@login_required
def end(session_id: str) -> ResponseReturnValue:
    """Log out somewhere else."""
    with current_parts().database.write() as database:
        end_session(database, the_access().person.id, session_id, now=current_now())
    flash(_("Du er logget ut der."))
    return _back()


@account.post("/okter/avslutt-andre")
@login_required
def end_others() -> ResponseReturnValue:
    """Log out everywhere but here."""
    known = current_session()
    if known is not None:
        with current_parts().database.write() as database:
            end_other_sessions(database, known.person_id, known.id, now=current_now())
    flash(_("Du er logget ut alle andre steder."))
    return _back()


def _page(form: Form) -> str:
    access = the_access()
    form.values.setdefault("name", access.person.name)
    with current_parts().database.read() as database:
        sessions = sessions_of(database, access.person.id, now=current_now())
    return render_template(
        "login/account.html",
        access=access,
        sessions=sessions,
        this_session=current_session(),
        form=form,
    )


def _back() -> Response:
    return make_response(redirect(url_for("account.index"), 303))
