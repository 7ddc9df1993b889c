"""The administration's pages over HTTP: who may come in, what they change, what they never show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from scheduler.domain.enums import DutyKind, ForumLevel, Function, HolderKind, Role
from scheduler.domain.language import Language
from scheduler.domain.reminders import OutboxState, reminder_settings
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    ClosedPeriod,
    Duty,
    Forum,
    Grant,
    Holder,
    Leave,
    Municipality,
    Outbox,
    OutboxEvent,
    Person,
    Plan,
    Position,
    RecurringDuty,
)
from tests.factories.rows import (
    add,
    add_duty,
    add_forum,
    add_holder,
    add_meeting,
    add_municipality,
    add_person,
    add_position,
    add_seat,
    add_year,
)
from tests.factories.site import Site, Visitor, make_site

BASE = "/sor-fron/administrasjon"
PAGES = (
    "",
    "/stillinger",
    "/kommunen",
    "/motefrie-perioder",
    "/kommunestyret",
    "/e-post",
    "/logg",
)
CHOICES = {
    "name": "Sør-Fron",
    "number": "3438",
    "language": "nn",
    "period_kind": "school",
    "plan_owner": "",
    "notice_days": "12",
    "minutes_days": "6",
    "receives_minutes_days": "14",
    "meeting_minutes": "90",
    "core_from": "08:30",
    "core_until": "15:30",
    "revision_years": "4",
    "due_day": "15",
    "due_month": "10",
    "council_paper_days": "25",
    "notice_before": "2",
    "minutes_before": "2",
    "minutes_after": "2",
    "minutes_leader": "5",
    "opens": "07:00",
    "closes": "16:00",
    "closed_school_break": "1",
}


@dataclass(frozen=True)
class Here:
    """The application, with an administrator logged in, and the ids the tests speak of."""

    site: Site
    admin: Visitor
    leader_holder: int
    leader_person: int


@pytest.fixture
def here(database: Database, now: datetime) -> Here:
    """Sør-Fron with an administrator, a leader, and two forums that the administrator is not in."""
    with database.write() as session:
        place = add_municipality(session, number="3438")
        boss = add_person(session, name="Astrid Admin", email="astrid@sor-fron.example")
        office = add_position(session, place, title="Merkantil", slug="merkantil")
        add_holder(session, office, boss)
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=office.id))
        leader = add_person(session, name="Leif Leder", email="leif@sor-fron.example")
        seat_of = add_position(session, place, title="Leder, oppvekst", slug="leder-oppvekst")
        holder = add_holder(session, seat_of, leader)
        open_forum = add_forum(session, place, name="Styringsgruppa", notice_days=10)
        closed_forum = add_forum(
            session, place, name="Saksteamet", level=ForumLevel.CASE_ELSE_ANONYMOUS
        )
        year = add_year(session, place)
        for forum in (open_forum, closed_forum):
            add_seat(session, forum, seat_of, function=Function.SECRETARY)
            meeting = add_meeting(session, year, forum)
            duty = add_duty(session, place, forum_id=forum.id, meeting_id=meeting.id)
            mail = add(session, made_mail(place, forum.name, now, duty_id=duty.id))
            add(
                session,
                OutboxEvent(
                    outbox_id=id_of(mail), at=now, to_state="scheduled", detail="publisert"
                ),
            )
            add(
                session,
                AuditEvent(
                    at=now,
                    municipality_id=place.id,
                    person_id=leader.id,
                    action="move_meeting",
                    entity="meeting",
                    entity_id=meeting.id,
                    after={"held_on": "2027-03-09"},
                ),
            )
        ids = id_of(boss), id_of(holder), id_of(leader)
    site = make_site(database, now)
    return Here(site, site.visitor_as(ids[0]), ids[1], ids[2])


def made_mail(place: Municipality, name: str, now: datetime, **fields: object) -> Outbox:
    """Return a mail that is to go to the leader."""
    return Outbox(
        **{
            "municipality_id": place.id,
            "dedup_key": name,
            "kind": "minutes",
            "step": "after",
            "mail_class": "nag",
            "due_at": now,
            "next_at": now,
            "expires_at": now + timedelta(days=9),
            "created_at": now,
            "resend_policy": "hold",
            **fields,
        }
    )


def settings_of(site: Site) -> Municipality:
    """Return Sør-Fron as it stands."""
    with site.database.read() as session:
        return session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()


def actions_in_log(site: Site) -> list[str]:
    """Return what has been written in the log, in order."""
    with site.database.read() as session:
        return [event.action for event in session.exec(select(AuditEvent).order_by(AuditEvent.id))]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_administrators_of_the_municipality(here: Here, page: str) -> None:
    leader = here.site.visitor_as(here.leader_person)
    assert here.site.visitor().get(BASE + page).location == "/logg-inn"
    assert leader.get(BASE + page).status_code == 403
    assert here.admin.get(f"/bamble/administrasjon{page}").status_code == 404
    assert here.admin.get(BASE + page).status_code == 200


def test_the_overview_has_a_card_for_every_page_of_its_menu(here: Here) -> None:
    text = here.admin.get(BASE).text
    menu, cards = text.split('<ul class="filters">')[1].split('<ul class="cards">')
    pages = set(re.findall(rf'href="{BASE}(/[^"?]+)"', menu.split("</ul>")[0]))
    assert set(re.findall(rf'<h2><a href="{BASE}(/[^"]+)"', cards)) == pages
    assert len(pages) == 8


def test_the_menu_shows_administration_to_administrators_only(here: Here) -> None:
    leader = here.site.visitor_as(here.leader_person)
    seen = [f'href="{BASE}"' in visitor.get("/min-konto").text for visitor in (here.admin, leader)]
    assert seen == [True, False]


def test_every_number_of_the_municipality_can_be_chosen(here: Here) -> None:
    here.admin.get(f"{BASE}/kommunen")
    answer = here.admin.post(f"{BASE}/kommunen", {**CHOICES, "plan_owner": "leder-oppvekst"})
    assert answer.status_code == 303
    place = settings_of(here.site)
    assert (place.language, place.period_kind.value) == (Language.NYNORSK, "school")
    chosen = {
        name: place.choices[name]
        for name in (
            "notice_days",
            "minutes_days",
            "core_time",
            "yearly_due",
            "council_paper_days",
            "closed",
        )
    }
    assert chosen == {
        "notice_days": 12,
        "minutes_days": 6,
        "core_time": "08:30-15:30",
        "yearly_due": "10-15",
        "council_paper_days": 25,
        "closed": ["school_break"],
    }
    assert place.choices["reminders"]["closes"] == "16:00"
    assert actions_in_log(here.site)[-1:] == ["municipality.changed"]


def test_the_choices_come_back_in_the_form_and_a_second_time_nothing_changes(here: Here) -> None:
    here.admin.get(f"{BASE}/kommunen")
    here.admin.post(f"{BASE}/kommunen", CHOICES)
    before = actions_in_log(here.site)
    page = here.admin.get(f"{BASE}/kommunen?lang=nb").text
    assert 'name="notice_days" type="number" value="12"' in page
    here.admin.post(f"{BASE}/kommunen", CHOICES)
    assert "Ingenting var endret." in here.admin.get(f"{BASE}/kommunen").text
    assert actions_in_log(here.site) == before


def test_a_forum_with_the_municipalitys_number_follows_and_the_plans_number_stands(
    here: Here,
) -> None:
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        add_forum(session, place, name="Følger", notice_days=10, chosen=["notice_days"])
        add_forum(session, place, name="Satt for seg", notice_days=21, chosen=["notice_days"])
        add_forum(session, place, name="Fra planen", notice_days=10)
    here.admin.get(f"{BASE}/kommunen")
    here.admin.post(f"{BASE}/kommunen", CHOICES)
    with here.site.database.read() as session:
        days = {forum.name: forum.notice_days for forum in session.exec(select(Forum))}
    assert {name: days[name] for name in ("Følger", "Satt for seg", "Fra planen")} == {
        "Følger": 12,
        "Satt for seg": 21,
        "Fra planen": 10,
    }


def test_the_plans_owner_is_kept_on_the_plan(here: Here) -> None:
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        add(session, Plan(municipality_id=id_of(place), title="Plan for oppvekst"))
    here.admin.get(f"{BASE}/kommunen")
    owners = []
    for slug in ("leder-oppvekst", ""):
        here.admin.post(f"{BASE}/kommunen", {**CHOICES, "plan_owner": slug})
        with here.site.database.read() as session:
            owners.append(session.exec(select(Plan)).one().owner_position_id is not None)
    assert owners == [True, False]


def test_all_problems_of_the_choices_come_at_once(here: Here) -> None:
    here.admin.get(f"{BASE}/kommunen")
    wrong = {
        **CHOICES,
        "name": "",
        "number": "12",
        "notice_days": "61",
        "core_until": "08:00",
        "due_day": "31",
        "due_month": "2",
        "plan_owner": "no-such",
    }
    answer = here.admin.post(f"{BASE}/kommunen", wrong)
    assert answer.status_code == 422
    summary = answer.text.split('<div class="error-summary"')[1].split("</div>")[0]
    fields = [part.split('"')[0] for part in summary.split('<a href="#')[1:]]
    assert fields == ["name", "number", "plan_owner", "notice_days", "due_day", "core_until"]
    assert settings_of(here.site).choices == {}


def hand_over_values(**values: str) -> dict[str, str]:
    """Return the fields of the form for handing over."""
    return {
        "from_on": "2027-02-01",
        "who": "successor",
        "name": "Sigrid Ny",
        "email": "sigrid@sor-fron.example",
        **values,
    }


def test_a_position_is_handed_over_after_a_look_at_what_follows(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/gi-videre"
    here.admin.get(path)
    look = here.admin.post(path, hand_over_values())
    assert look.status_code == 200
    assert "Leif Leder, siste dag" in look.text
    assert "Sigrid Ny, første dag" in look.text
    with here.site.database.read() as session:
        assert session.exec(select(Person).where(Person.name == "Sigrid Ny")).all() == []
    done = here.admin.post(path, hand_over_values(confirmed="1"))
    assert done.location == f"{BASE}/stillinger/leder-oppvekst"
    with here.site.database.read() as session:
        spans = [
            (person.name, holder.from_on, holder.until_on)
            for holder, person in session.exec(
                select(Holder, Person)
                .join(Person)
                .where(Person.name != "Astrid Admin")
                .order_by(Holder.from_on)
            )
        ]
    assert spans == [
        ("Leif Leder", date(2020, 1, 1), date(2027, 1, 31)),
        ("Sigrid Ny", date(2027, 2, 1), None),
    ]


def test_the_preview_names_no_case_level_forum_to_somebody_without_a_seat(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/gi-videre"
    here.admin.get(path)
    look = here.admin.post(path, hand_over_values()).text
    assert [name for name in ("Styringsgruppa", "Saksteamet") if name in look] == ["Styringsgruppa"]


def test_a_position_can_be_left_vacant_and_the_list_says_so(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/gi-videre"
    here.admin.get(path)
    here.admin.post(path, {"from_on": "2027-01-11", "who": "nobody", "confirmed": "1"})
    vacant = here.admin.get(f"{BASE}/stillinger?vis=ubesatt").text
    assert "Leder, oppvekst" in vacant
    assert "Astrid Admin" not in vacant.split("<main")[1]
    assert "1 er ubesatt" in here.admin.get(BASE).text


def test_a_successor_without_an_address_is_asked_for(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/gi-videre"
    here.admin.get(path)
    answer = here.admin.post(path, hand_over_values(name="", email="sigrid"))
    assert answer.status_code == 422
    assert "Navn må fylles ut" in answer.text
    assert "E-postadresse på jobb må være en e-postadresse" in answer.text


def test_a_deputy_is_added_and_a_leave_lets_the_deputy_stand_in(here: Here) -> None:
    position = f"{BASE}/stillinger/leder-oppvekst"
    here.admin.get(f"{position}/legg-til")
    here.admin.post(
        f"{position}/legg-til",
        {
            "name": "Dagny Deputy",
            "email": "dagny@sor-fron.example",
            "kind": "deputy",
            "from_on": "2027-01-01",
            "until_on": "",
        },
    )
    here.admin.post(
        f"{position}/{here.leader_holder}/permisjon",
        {"from_on": "2027-01-11", "until_on": "2027-03-31"},
    )
    with here.site.database.read() as session:
        kinds = [holder.kind for holder in session.exec(select(Holder).order_by(Holder.id))]
        leaves = [(row.starts_on, row.ends_on) for row in session.exec(select(Leave))]
    assert kinds[-1] is HolderKind.DEPUTY
    assert leaves == [(date(2027, 1, 11), date(2027, 3, 31))]
    row = here.admin.get(f"{BASE}/stillinger").text.split("Leder, oppvekst")[1].split("</tr>")[0]
    assert "(stedfortreder)" in row
    assert "Leif Leder, permisjon" in row


def test_the_last_day_of_a_holding_is_set(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/{here.leader_holder}/avslutt"
    here.admin.get(path)
    assert here.admin.post(path, {"until_on": "2027-01-15"}).status_code == 303
    with here.site.database.read() as session:
        holder = session.get_one(Holder, here.leader_holder)
    assert holder.until_on == date(2027, 1, 15)


def test_nobody_changes_a_holding_of_another_municipality(here: Here) -> None:
    with here.site.database.write() as session:
        elsewhere = add_municipality(session, slug="bamble", name="Bamble")
        position = add_position(session, elsewhere, slug="rektor")
        holder_id = id_of(add_holder(session, position, add_person(session)))
    here.admin.get(f"{BASE}/stillinger")
    answers = [
        here.admin.post(path, {"until_on": "2027-01-15"}).status_code
        for path in (
            f"{BASE}/stillinger/rektor/{holder_id}/avslutt",
            f"{BASE}/stillinger/leder-oppvekst/{holder_id}/avslutt",
            f"/bamble/administrasjon/stillinger/rektor/{holder_id}/avslutt",
        )
    ]
    assert answers == [404, 404, 404]
    with here.site.database.read() as session:
        assert session.get_one(Holder, holder_id).until_on is None


def test_a_role_is_given_to_a_position_and_its_holder_has_it_at_once(here: Here) -> None:
    leader = here.site.visitor_as(here.leader_person)
    path = f"{BASE}/stillinger/leder-oppvekst"
    here.admin.get(path)
    here.admin.post(f"{path}/tilgang", {"role_administrator": "1", "role_planner": "1"})
    assert leader.get(BASE).status_code == 200
    here.admin.post(f"{path}/tilgang", {"role_planner": "1"})
    assert leader.get(BASE).status_code == 403
    with here.site.database.read() as session:
        roles = [grant.role for grant in session.exec(select(Grant).order_by(Grant.id))]
    assert roles == [Role.ADMINISTRATOR, Role.PLANNER]


def test_the_last_administrator_cannot_be_taken_away(here: Here) -> None:
    here.admin.get(f"{BASE}/stillinger/merkantil")
    answer = here.admin.post(f"{BASE}/stillinger/merkantil/tilgang", {})
    assert answer.status_code == 422
    assert "Noen må kunne administrere årshjulet" in answer.text
    assert here.admin.get(BASE).status_code == 200


def test_an_administrator_of_the_installation_is_left_when_the_last_of_a_position_goes(
    here: Here,
) -> None:
    with here.site.database.write() as session:
        add(session, Grant(role=Role.ADMINISTRATOR, person_id=here.leader_person))
    here.admin.get(f"{BASE}/stillinger/merkantil")
    here.admin.post(f"{BASE}/stillinger/merkantil/tilgang", {})
    leader = here.site.visitor_as(here.leader_person)
    assert [each.get(BASE).status_code for each in (here.admin, leader)] == [403, 200]


def test_a_position_out_of_use_counts_for_no_administrator(here: Here, now: datetime) -> None:
    with here.site.database.write() as session:
        leader = session.exec(select(Position).where(Position.slug == "leder-oppvekst")).one()
        leader.retired_on = now.date()
        add(session, Grant(role=Role.ADMINISTRATOR, position_id=leader.id))
    here.admin.get(f"{BASE}/stillinger/merkantil")
    answer = here.admin.post(f"{BASE}/stillinger/merkantil/tilgang", {})
    assert (answer.status_code, here.admin.get(BASE).status_code) == (422, 200)


def test_a_closed_period_is_added_confirmed_and_removed(here: Here) -> None:
    path = f"{BASE}/motefrie-perioder"
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        proposed = add(
            session,
            ClosedPeriod(
                municipality_id=id_of(place),
                slug="vinterferie-2027",
                name="Vinterferie",
                kind="school_break",
                starts_on=date(2027, 2, 22),
                ends_on=date(2027, 2, 26),
                confirmed=False,
            ),
        )
    page = here.admin.get(path).text
    assert page.count("venter på bekreftelse") == 1
    here.admin.post(f"{path}/{proposed.id}/bekreft")
    period = {"name": "Planleggingsdag, vår", "kind": "local"}
    for _ in range(2):
        here.admin.post(path, {**period, "starts_on": "2027-04-05", "ends_on": "2027-04-05"})
    with here.site.database.read() as session:
        rows = session.exec(select(ClosedPeriod).order_by(ClosedPeriod.id)).all()
    assert [(row.slug, row.confirmed) for row in rows] == [
        ("vinterferie-2027", True),
        ("planleggingsdag-var-2027-04-05", True),
        ("planleggingsdag-var-2027-04-05-2", True),
    ]
    here.admin.post(f"{path}/{rows[1].id}/fjern")
    here.admin.post(f"{path}/{rows[1].id}/fjern")
    assert actions_in_log(here.site)[2:] == [
        "closed.confirmed",
        "closed.added",
        "closed.added",
        "closed.removed",
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": "2027-04-01"}, "ends_on"),
        ({"kind": "public_holiday"}, "kind"),
        ({"name": ""}, "name"),
    ],
)
def test_a_closed_period_that_makes_no_sense_is_refused(
    here: Here, values: dict[str, str], field: str
) -> None:
    good = {
        "name": "Ferie",
        "kind": "school_break",
        "starts_on": "2027-04-05",
        "ends_on": "2027-04-09",
    }
    here.admin.get(f"{BASE}/motefrie-perioder")
    answer = here.admin.post(f"{BASE}/motefrie-perioder", {**good, **values})
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text


def test_the_log_and_the_mails_are_silent_on_case_level_forums(here: Here) -> None:
    for path in ("/logg", "/e-post?vis=kommer"):
        page = here.admin.get(BASE + path).text
        assert [name for name in ("Styringsgruppa", "Saksteamet") if name in page] == [
            "Styringsgruppa"
        ]
    counted = here.admin.get(f"{BASE}/e-post").text
    assert "Skal sendes (1)" in counted
    with here.site.database.read() as session:
        hidden = session.exec(select(Outbox.id).where(Outbox.dedup_key == "Saksteamet")).one()
        shown = session.exec(select(Outbox.id).where(Outbox.dedup_key == "Styringsgruppa")).one()
    assert here.admin.get(f"{BASE}/e-post/{hidden}").status_code == 404
    letter = here.admin.get(f"{BASE}/e-post/{shown}").text
    assert ("<td>publisert</td>" in letter, "<dt>Forsøk</dt>" in letter) == (True, False)
    with here.site.database.write() as session:
        session.get_one(Outbox, shown).state = OutboxState.SENT
    letter = here.admin.get(f"{BASE}/e-post/{shown}").text
    assert "<dt>Forsøk</dt>\n<dd>1</dd>" in letter


def test_the_log_names_the_duty_that_an_event_is_about(here: Here, now: datetime) -> None:
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        forums = session.exec(select(Forum).order_by(col(Forum.name).desc())).all()
        told = []
        for number, forum in enumerate(forums):
            dated = session.exec(select(Duty).where(Duty.forum_id == forum.id)).one()
            asked = add(
                session,
                RecurringDuty(
                    municipality_id=place.id,
                    slug=f"gjennomgang-{number}",
                    name=f"Gjennomgang, {forum.name}",
                    kind=DutyKind.PLAN_REVIEW,
                    forum_id=forum.id,
                ),
            )
            told += [("duty.named", dated.id), ("plan_file.added", asked.id)]
        for action, about in told:
            event = AuditEvent(
                at=now,
                municipality_id=place.id,
                action=action,
                entity="duty",
                entity_id=about,
            )
            add(session, event)
    page = here.admin.get(f"{BASE}/logg").text
    assert re.findall(">(oppgave.*?)</div>", page) == [
        "oppgave: Gjennomgang, Styringsgruppa",
        "oppgave: Innkalling: Styringsgruppa, tirsdag 9. mars",
    ]


def test_a_log_in_mail_is_never_in_the_queue(here: Here, now: datetime) -> None:
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        secret = add(
            session,
            made_mail(place, "login:1", now, kind="login", mail_class="login", payload="secret"),
        )
    assert "Skal sendes (1)" in here.admin.get(f"{BASE}/e-post").text
    assert here.admin.get(f"{BASE}/e-post/{secret.id}").status_code == 404


def test_the_log_is_turned_page_by_page(here: Here, now: datetime) -> None:
    with here.site.database.write() as session:
        place = session.exec(select(Municipality)).one()
        for number in range(60):
            event = AuditEvent(
                at=now + timedelta(minutes=number),
                municipality_id=place.id,
                action=f"action-{number}",
                entity="plan",
            )
            add(session, event)
    first = here.admin.get(f"{BASE}/logg").text
    older = first.split("eldre-enn=")[1].split('"')[0]
    second = here.admin.get(f"{BASE}/logg?eldre-enn={older}").text
    counts = [page.count(">action-") for page in (first, second)]
    assert counts == [50, 10]
    assert "eldre-enn=" not in second


def test_the_numbers_of_the_reminders_are_kept_for_all_and_for_one_forum(here: Here) -> None:
    with here.site.database.read() as session:
        slug = session.exec(select(Forum.slug).where(Forum.name == "Styringsgruppa")).one()
    page = here.admin.get(f"{BASE}/paminnelser").text
    assert "Styringsgruppa" in page
    assert "Saksteamet" not in page
    numbers = {
        "agenda_before": "0",
        "notice_missed": "2",
        "approve_after": "3",
        "change_hours": "48",
        "review_calendar_days": "42",
        "review_late_weeks": "6",
        "owner_late_months": "2",
        "nags_a_day": "4",
        "nag_gap_minutes": "30",
        "digest_weekday": "4",
    }
    assert here.admin.post(f"{BASE}/paminnelser", numbers).status_code == 303
    here.admin.get(f"{BASE}/paminnelser/{slug}")
    own = {"minutes_leader": "10", "agenda_before": "7"}
    assert here.admin.post(f"{BASE}/paminnelser/{slug}", own).status_code == 303
    with here.site.database.read() as session:
        choices = session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()
        kept = reminder_settings(choices.choices), reminder_settings(choices.choices, slug)
    assert (kept[0].agenda_before, kept[0].change_hours, kept[0].digest_weekday) == (0, 48, 4)
    assert (kept[0].minutes_leader, kept[1].minutes_leader, kept[1].agenda_before) == (5, 10, 7)
    assert "2 egne tall" in here.admin.get(f"{BASE}/paminnelser").text
    here.admin.get(f"{BASE}/paminnelser/{slug}")
    here.admin.post(f"{BASE}/paminnelser/{slug}", {})
    with here.site.database.read() as session:
        choices = session.exec(select(Municipality).where(Municipality.slug == "sor-fron")).one()
        assert reminder_settings(choices.choices, slug) == kept[0]


def test_a_number_that_cannot_be_is_refused(here: Here) -> None:
    here.admin.get(f"{BASE}/paminnelser")
    answer = here.admin.post(f"{BASE}/paminnelser", {"agenda_before": "-1"})
    assert answer.status_code == 422
    assert here.admin.get(f"{BASE}/paminnelser/saksteamet").status_code == 404


def test_a_name_is_corrected_on_the_page_of_the_position_and_logged_without_it(here: Here) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/{here.leader_holder}/navn"
    assert "Rett navnet til Leif Leder" in here.admin.get(path).text
    here.admin.post(path, {"name": "  Leif   Ødegård jr. "})
    page = here.admin.get(f"{BASE}/stillinger/leder-oppvekst").text
    assert "Navnet er rettet fra Leif Leder til Leif Ødegård jr." in page
    with here.site.database.read() as session:
        event = session.exec(select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # type: ignore[union-attr]
        assert event is not None
        assert (event.action, event.entity, event.entity_id) == (
            "person.renamed",
            "person",
            here.leader_person,
        )
        assert (event.before, event.after) == (None, None)
    assert "person: Leif Ødegård jr." in here.admin.get(f"{BASE}/logg").text


def test_a_name_that_another_municipality_uses_too_is_the_persons_own_to_correct(
    here: Here,
) -> None:
    path = f"{BASE}/stillinger/leder-oppvekst/{here.leader_holder}/navn"
    with here.site.database.write() as session:
        there = add_municipality(session, slug="hemsedal", name="Hemsedal")
        leader = session.get_one(Person, here.leader_person)
        add_holder(session, add_position(session, there, title="Rådgiver"), leader)
    assert "Dette navnet retter personen selv" in here.admin.get(path).text
    answer = here.admin.post(path, {"name": "Leif Ødegård"})
    assert (answer.status_code, "Hemsedal" in answer.text) == (422, False)
    leader_visitor = here.site.visitor_as(here.leader_person)
    leader_visitor.get("/min-konto")
    for bad in ("", "Leif (mor til Ola)"):
        assert leader_visitor.post("/min-konto/navn", {"name": bad}).status_code == 422
    leader_visitor.post("/min-konto/navn", {"name": "Leif Ødegård"})
    assert "Leif Ødegård" in leader_visitor.get("/min-konto").text
    with here.site.database.read() as session:
        events = session.exec(select(AuditEvent).where(AuditEvent.action == "person.renamed"))
        assert sorted(event.municipality_id or 0 for event in events) == [1, 2]


@pytest.mark.parametrize(
    "page", ["stillinger/leder-oppvekst/{}/navn", "stillinger/leder-oppvekst/legg-til"]
)
def test_what_is_told_about_a_person_is_no_part_of_the_name(here: Here, page: str) -> None:
    path = f"{BASE}/{page.format(here.leader_holder)}"
    asked = here.admin.get(path).text
    answer = here.admin.post(path, {"name": "Leif Li (mor til Ola)", "email": "leif@x.example"})

    hint = "Skriv bare navnet. Ikke skriv om enkeltpersoner, verken barn eller ansatte.</p>"
    assert (hint in asked, answer.status_code) == (True, 422)
    assert (
        '<a href="#name">Navn kan bare ha bokstaver, mellomrom, bindestrek, apostrof og punktum. '
        "Ta bort: ( )</a>"
    ) in answer.text


def test_nobody_is_renamed_through_the_address_of_another_position(here: Here) -> None:
    wrong = f"{BASE}/stillinger/merkantil/{here.leader_holder}/navn"
    assert here.admin.get(wrong).status_code == 404
    here.admin.get(BASE)
    assert here.admin.post(wrong, {"name": "Hvem Som"}).status_code == 404
