"""The administration's kinds, roles, states and events in words."""

from __future__ import annotations

from scheduler.domain.enums import ClosedKind, HolderKind, Role
from scheduler.domain.reminders import OutboxState
from scheduler.usecases.administration.mail_lines import SEALED_KIND
from scheduler.usecases.people import HoldingRefusal
from web.language import N_, gettext

__all__ = [
    "ENTITIES",
    "REFUSALS",
    "REFUSED_FIELD",
    "action_words",
    "closed_words",
    "entity_words",
    "kind_words",
    "mail_words",
    "refusal_words",
    "role_words",
    "state_words",
    "step_words",
]

_CLOSED = {
    ClosedKind.PUBLIC_HOLIDAY: N_("helligdager"),
    ClosedKind.SCHOOL_BREAK: N_("skoleferie"),
    ClosedKind.JOINT_LEAVE: N_("fellesferie"),
    ClosedKind.CHRISTMAS: N_("romjul"),
    ClosedKind.EASTER: N_("dagene før påske"),
    ClosedKind.BRIDGE_DAY: N_("inneklemte dager"),
    ClosedKind.LOCAL: N_("annen møtefri periode"),
}
_HOLDERS = {
    HolderKind.HOLDER: N_("har stillingen"),
    HolderKind.ACTING: N_("konstituert"),
    HolderKind.DEPUTY: N_("stedfortreder"),
    HolderKind.DELEGATE: N_("handler på vegne av stillingen"),
}
_ROLES = {
    Role.ADMINISTRATOR: N_("Administrerer årshjulet"),
    Role.PLANNER: N_("Planlegger året"),
    Role.VIEWER: N_("Leser alt på systemnivå"),
}
_STATES = {
    OutboxState.SCHEDULED: (N_("planlagt"), "info"),
    OutboxState.LEASED: (N_("hentet for sending"), "info"),
    OutboxState.SENDING: (N_("sendes nå"), "info"),
    OutboxState.SENT: (N_("sendt"), "done"),
    OutboxState.BOUNCED: (N_("kom i retur"), "late"),
    OutboxState.UNCERTAIN: (N_("usikkert om den kom fram"), "warning"),
    OutboxState.FAILED: (N_("ikke sendt"), "late"),
    OutboxState.CANCELLED: (N_("trukket tilbake"), "neutral"),
    OutboxState.HANDED_ON: (N_("gitt videre"), "neutral"),
    OutboxState.MERGED: (N_("slått sammen med en annen"), "neutral"),
    OutboxState.SKIPPED: (N_("ikke sendt"), "warning"),
}
_MAILS = {
    "notice": N_("Innkalling"),
    "agenda": N_("Saker til møtet"),
    "minutes": N_("Referat"),
    "plan_review": N_("Årlig gjennomgang"),
    "evaluation": N_("Evaluering av tiltak"),
    "council_report": N_("Rapport til kommunestyret"),
    "revision": N_("Rullering av planen"),
    "survey": N_("Undersøkelse"),
    "follow_up": N_("Oppfølgingspunkt i planen"),
    "forum_item": N_("Sak i møtet"),
    "summary": N_("Nytt om året"),
    "round": N_("Spørsmål om datoer"),
    "round_reminder": N_("Påminnelse om datoer"),
    "round_closed": N_("Runden er over"),
    "change": N_("Endring av møte"),
    "invitation": N_("Invitasjon"),
    "room": N_("Rommet er opptatt"),
    "digest": N_("Samlet påminnelse"),
    "text": N_("Tekstmelding om endring av møte"),
    SEALED_KIND: N_("E-post til en person"),
    "welcome": N_("Velkommen til en ny i stillingen"),
}
# By how the name of a step begins.
_STEPS = {
    "agenda": N_("spørsmål om saker"),
    "approve": N_("til gjennomlesing"),
    "before": N_("påminnelse"),
    "start": N_("påminnelse"),
    "half_way": N_("påminnelse"),
    "week_before": N_("påminnelse"),
    "due": N_("påminnelse på fristen"),
    "after": N_("purring"),
    "week": N_("purring"),
    "late": N_("purring"),
    "leader": N_("beskjed til leder"),
    "owner": N_("beskjed til planansvarlig"),
}
ENTITIES = {
    "municipality": N_("kommunen"),
    "unit": N_("enhet"),
    "position": N_("stilling"),
    "service": N_("tjeneste"),
    "plan": N_("planen"),
    "forum": N_("forum"),
    "seat": N_("plass"),
    "link": N_("sammenheng mellom fora"),
    "measure": N_("tiltak"),
    "duty": N_("oppgave"),
    "closed": N_("møtefri periode"),
    "calendar": N_("kalender"),
    "council": N_("kommunestyremøte"),
    "holder": N_("stilling"),
    "leave": N_("stilling"),
    "meeting": N_("møte"),
    "year_plan": N_("året"),
    "subscription": N_("abonnement"),
    "person": N_("person"),
    "mail": N_("e-post"),
}
_ACTIONS = {
    "plan_file.added": N_("Lest inn fra planfilen"),
    "plan_file.changed": N_("Endret av planfilen"),
    "plan_file.retired": N_("Tatt ut av bruk: planfilen nevner det ikke lenger"),
    "forum.retired": N_("Tok forumet ut av bruk"),
    "plan_file.answered": N_("Svarte på noe planen lar stå åpent"),
    "holder.added": N_("Fikk noen i stillingen"),
    "holder.ended": N_("Noen slutter i stillingen"),
    "holder.leave": N_("Permisjon lagt inn"),
    "person.renamed": N_("Rettet et navn"),
    "people.added": N_("Fikk noen i stillingen"),
    "people.changed": N_("Endret hvem som har stillingen"),
    "position.roles": N_("Endret tilgangen til stillingen"),
    "municipality.changed": N_("Endret kommunens valg"),
    "closed.added": N_("La til møtefri periode"),
    "closed.confirmed": N_("Bekreftet møtefri periode"),
    "closed.removed": N_("Fjernet møtefri periode"),
    "move_meeting": N_("Flyttet møtet"),
    "cancel_meeting": N_("Avlyste møtet"),
    "reinstate_meeting": N_("Satte opp møtet igjen"),
    "apply_proposal": N_("Tok i bruk forslaget til år"),
    "publish_year": N_("Publiserte året"),
    "duty.state": N_("Endret en oppgave"),
    "duty.redated": N_("Fristen fulgte kommunestyrets møter"),
    "council.added": N_("La inn et møte i kommunestyret"),
    "council.removed": N_("Fjernet et møte i kommunestyret"),
    "reminders.numbers": N_("Endret tallene for påminnelser"),
    "duty.named": N_("Sa hvem som har en oppgave"),
    "create_subscription": N_("Laget et abonnement"),
    "revoke_subscription": N_("Avsluttet et abonnement"),
    "add_administrator": N_("Ga tilgang til å administrere"),
    "set_date": N_("Satte dato for hånd"),
    "let_date_go": N_("Slapp en dato som var satt for hånd"),
    "add_meeting": N_("La til et møte"),
    "remove_meeting": N_("Tok bort et møte"),
    "replan_meeting": N_("Flyttet møtet i en ny plan"),
    "undo_publish": N_("Angret publiseringen"),
    "round.open": N_("Sendte forslaget på runde"),
    "round.remind": N_("Minnet om runden"),
    "round.close": N_("Lukket runden"),
    "round.cancel": N_("Avbrøt runden"),
    "round.over": N_("Runden var over da året ble publisert"),
    "choose_rhythm": N_("Valgte en rytme"),
    "change_subscription": N_("Endret et abonnement"),
    "private_links": N_("Endret om private kalendere kan brukes"),
    "calendar.added": N_("La til en kalender å planlegge rundt"),
    "calendar.confirmed": N_("Bekreftet dager fra en kalender"),
    "calendar.removed": N_("Fjernet en kalender"),
    "mail.arrived": N_("Sa at en usikker e-post kom fram"),
    "mail.again": N_("Sendte en e-post på nytt"),
    "mail.stopped": N_("Stoppet e-post til en adresse"),
    "mail.allowed": N_("Slapp e-post til en adresse igjen"),
}
REFUSALS = {
    HoldingRefusal.NO_SUCH_POSITION: N_("Stillingen finnes ikke lenger"),
    HoldingRefusal.NO_SUCH_HOLDING: N_("Personen er ikke i stillingen lenger"),
    HoldingRefusal.BAD_EMAIL: N_("E-postadresse på jobb må være en e-postadresse"),
    HoldingRefusal.NO_NAME: N_("Navn må fylles ut for en som er ny her"),
    HoldingRefusal.IDENTITY_NUMBER: N_("Navn kan ikke inneholde fødselsnummer"),
    HoldingRefusal.NOT_A_NAME: N_(
        "Navn kan bare ha bokstaver, mellomrom, bindestrek, apostrof og punktum"
    ),
    HoldingRefusal.ENDS_BEFORE_IT_BEGINS: N_("Siste dag kan ikke være før første dag"),
    HoldingRefusal.OUTSIDE_THE_HOLDING: N_("Første dag må være mens personen er i stillingen"),
    HoldingRefusal.ALREADY_HOLDS: N_("E-postadresse på jobb tilhører en som er i stillingen da"),
    HoldingRefusal.NOBODY_LEAVES: N_("Første dag må være mens noen har stillingen"),
    HoldingRefusal.LAST_ADMINISTRATOR: N_(
        "Siste dag kan ikke settes: ingen andre administrerer kommunen etter den"
    ),
    HoldingRefusal.NAME_IS_THEIR_OWN: N_("Navn kan bare rettes av personen selv, på «Min konto»"),
}
REFUSED_FIELD = {
    HoldingRefusal.BAD_EMAIL: "email",
    HoldingRefusal.NO_NAME: "name",
    HoldingRefusal.IDENTITY_NUMBER: "name",
    HoldingRefusal.NOT_A_NAME: "name",
    HoldingRefusal.ENDS_BEFORE_IT_BEGINS: "until_on",
    HoldingRefusal.OUTSIDE_THE_HOLDING: "from_on",
    HoldingRefusal.ALREADY_HOLDS: "email",
    HoldingRefusal.NOBODY_LEAVES: "from_on",
    HoldingRefusal.LAST_ADMINISTRATOR: "until_on",
    HoldingRefusal.NAME_IS_THEIR_OWN: "name",
    HoldingRefusal.NO_SUCH_POSITION: "from_on",
    HoldingRefusal.NO_SUCH_HOLDING: "from_on",
}


def closed_words(kind: ClosedKind) -> str:
    """Return why no meeting is held."""
    return gettext(_CLOSED[kind])


def kind_words(kind: HolderKind) -> str:
    """Return how somebody stands to a position."""
    return gettext(_HOLDERS[kind])


def role_words(role: Role) -> str:
    """Return what a role lets its holder do."""
    return gettext(_ROLES[role])


def state_words(state: OutboxState) -> tuple[str, str]:
    """Return where a mail stands, and the kind of tag it is shown as."""
    text, kind = _STATES[state]
    return gettext(text), kind


def mail_words(kind: str) -> str:
    """Return what a mail is; a kind that has no word yet is shown as it is."""
    return gettext(_MAILS[kind]) if kind in _MAILS else kind


def step_words(step: str) -> str:
    """Return which of the mails about one thing it is; empty where there is only one."""
    found = next((text for begins, text in _STEPS.items() if step.startswith(begins)), None)
    return gettext(found) if found else ""


def entity_words(entity: str) -> str:
    """Return what sort of thing an event of the log is about."""
    return gettext(ENTITIES[entity]) if entity in ENTITIES else entity


def action_words(action: str) -> str:
    """Return what was done; an action that has no word yet is shown as it is."""
    return gettext(_ACTIONS[action]) if action in _ACTIONS else action


def refusal_words(refusal: HoldingRefusal) -> str:
    """Return why a change of a holding was refused."""
    return gettext(REFUSALS[refusal])
