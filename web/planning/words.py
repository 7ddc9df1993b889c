"""What planning's pages say of states, changes, doubts and refusals."""

from __future__ import annotations

from scheduler.domain.enums import ClosedKind, MeetingState
from scheduler.planning import ChangeKind
from scheduler.usecases.closed_import import Doubt
from scheduler.usecases.open_questions import QuestionKind
from scheduler.usecases.year.kept_proposals import SearchState
from scheduler.usecases.year.revisions import RevisionCause
from scheduler.usecases.year.undo_publish import Undo, UndoRefusal
from web.admin.words import closed_words
from web.language import N_, gettext, ngettext

__all__ = [
    "KINDS_TO_CHOOSE",
    "cause_words",
    "change_words",
    "closed_choices",
    "doubt_words",
    "meeting_words",
    "question_advice",
    "search_words",
    "undo_refusal",
]

KINDS_TO_CHOOSE = (
    ClosedKind.SCHOOL_BREAK,
    ClosedKind.JOINT_LEAVE,
    ClosedKind.BRIDGE_DAY,
    ClosedKind.LOCAL,
)
_CHANGES = {
    ChangeKind.ADDED: (N_("nytt møte"), "info"),
    ChangeKind.MOVED: (N_("ny dato"), "warning"),
    ChangeKind.KEPT: (N_("som før"), "neutral"),
    ChangeKind.REMOVED: (N_("tas bort"), "cancelled"),
}
_STATES = {
    MeetingState.PROPOSED: (N_("foreslått"), "info"),
    MeetingState.PLANNED: (N_("publisert"), "done"),
    MeetingState.MOVED: (N_("flyttet"), "warning"),
    MeetingState.CANCELLED: (N_("avlyst"), "cancelled"),
    MeetingState.HELD: (N_("avholdt"), "done"),
}
_FILE = N_("Send svaret til den som har planfilen.")
_GIVE = N_("Si til den som har planfilen, hvilken stilling som får oppgaven.")
_ADVICE = {
    QuestionKind.PLAN: N_(
        "Avklar det med dem det gjelder, og si fra til den som har planfilen, om den må rettes."
    ),
    QuestionKind.OWNER: N_("Planansvarlig velges under «Administrasjon», «Kommunens valg»."),
    QuestionKind.ADOPTED: _FILE,
    QuestionKind.LEVEL: N_("Til noen svarer, er forumet bare synlig for medlemmene."),
    QuestionKind.RHYTHM: N_("Velg en rytme. Uten den får forumet ingen datoer."),
    QuestionKind.UNITS: _FILE,
    QuestionKind.CONVENER: _GIVE,
    QuestionKind.MINUTE_TAKER: _GIVE,
    QuestionKind.SERVICE_LEADER: _FILE,
    QuestionKind.RESPONSIBLE: N_("Velg en stilling, så får den oppgaven og påminnelsene."),
    QuestionKind.EVALUATOR: N_("Velg en stilling, så får den oppgaven og påminnelsene."),
    QuestionKind.LAST_DONE: N_("Si når det sist ble gjort. Uten det får oppgaven ingen dato."),
    QuestionKind.CLOSED: N_("Se over datoene, og bekreft eller rett dem."),
    QuestionKind.COUNCIL: N_(
        "Datoene legges inn under «Administrasjon», «Kommunestyrets møter». Uten dem gjelder dagen "
        "for årlige oppgaver."
    ),
}
_CAUSES = {
    RevisionCause.APPLIED: N_("Forslaget ble tatt i bruk"),
    RevisionCause.BY_HAND: N_("En dato ble satt for hånd"),
    RevisionCause.PUBLISHED: N_("Året ble publisert"),
    RevisionCause.UNDONE: N_("Publiseringen ble angret"),
    RevisionCause.REPLANNED: N_("Møter fikk nye datoer"),
    RevisionCause.NOW: N_("Slik det står nå"),
}
_DOUBTS = {
    Doubt.WRONG_WEEKDAY: N_("Ukedagen som står der, er ikke den datoen. Sjekk hva som er riktig."),
    Doubt.ENDS_BEFORE_START: N_("Slutter før den begynner."),
    Doubt.VERY_LONG: N_("Varer i mer enn ti uker."),
    Doubt.ONLY_WEEKEND: N_("Er bare i en helg."),
    Doubt.PUBLIC_HOLIDAY: N_("Ligner en helligdag. Helligdager er med av seg selv."),
    Doubt.SCHOOL_DAY: N_("Ligner en skoledag, ikke en fridag."),
    Doubt.STANDS_ALREADY: N_("Disse dagene er lagt inn fra før."),
    Doubt.OUTSIDE_PERIOD: N_("Er utenfor perioden du planlegger nå. Se etter om året er riktig."),
}
_SEARCH = {
    SearchState.RUNNING: N_("Leter etter et bedre forslag."),
    SearchState.DONE: N_("Ferdig."),
    SearchState.STOPPED: N_("Letingen ble stoppet. Det beste som var funnet, står her."),
    SearchState.LOST: N_("Letingen ble avbrutt da programmet startet på nytt. Forslaget står."),
    SearchState.FAILED: N_("Letingen stanset på grunn av en feil. Det første forslaget står."),
}


def change_words(kind: ChangeKind) -> tuple[str, str]:
    """Return what a proposal does to a meeting, and the kind of tag it is shown as."""
    text, tag = _CHANGES[kind]
    return gettext(text), tag


def meeting_words(state: MeetingState) -> tuple[str, str]:
    """Return where a meeting stands, and the kind of tag it is shown as."""
    text, tag = _STATES[state]
    return gettext(text), tag


def cause_words(cause: RevisionCause) -> str:
    """Return what made a revision."""
    return gettext(_CAUSES[cause])


def doubt_words(doubt: Doubt) -> str:
    """Return why a person must look twice."""
    return gettext(_DOUBTS[doubt])


def question_advice(kind: QuestionKind) -> str:
    """Return what to do about a question that the plan leaves open."""
    return gettext(_ADVICE[kind])


def search_words(state: SearchState, parts_done: int, parts: int) -> str:
    """Return how far the search has come."""
    text = gettext(_SEARCH[state])
    if state is SearchState.RUNNING and parts:
        done = gettext("%(done)d av %(all)d deler er ferdige.", done=parts_done, all=parts)
        return f"{text} {done}"
    return text


def closed_choices() -> list[tuple[str, str]]:
    """Return the kinds of a municipality's own period."""
    return [(kind.value, closed_words(kind)) for kind in KINDS_TO_CHOOSE]


def undo_refusal(undo: Undo) -> str:
    """Return why a publishing stands."""
    if undo.refusal is UndoRefusal.MAIL_GONE:
        return ngettext(
            "%(num)d e-post om publiseringen er sendt, og den kan ikke kalles tilbake.",
            "%(num)d e-poster om publiseringen er sendt, og de kan ikke kalles tilbake.",
            undo.mails_gone,
        )
    if undo.refusal is UndoRefusal.CHANGED_SINCE:
        return gettext("Året er endret etter at det ble publisert.")
    if undo.refusal is UndoRefusal.DUTY_BEGUN:
        return gettext("Noen er i gang med en oppgave som fulgte av publiseringen.")
    return gettext("Det er ingen publisering å angre.")
