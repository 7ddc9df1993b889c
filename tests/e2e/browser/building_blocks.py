"""A page with every building block on it, so that each is looked at by the browser tests."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template_string, request
from flask.typing import ResponseReturnValue

from web.forms import Form
from web.login.required import login_required

__all__ = ["building_blocks"]

building_blocks = Blueprint("person", __name__)

_PAGE = """
{% extends "layout.html" %}
{% block title %}Byggeklosser{% endblock %}
{% block content %}
{% call ui.page_head("Ressursgruppe, oppvekst", "Møter tre til fire ganger i året.", "/", "Årshjulet") %}
<a class="button primary" href="/">Abonner på møtene</a>
<a class="button" href="/">Skriv ut</a>
{% endcall %}
{{ ui.note("Påminnelsen går mandag 8. februar.", "info") }}
{{ ui.note("Referatet er arkivert.", "success") }}
{{ ui.note("To møter ligger i samme uke.", "warning") }}
{{ ui.note("E-posten kom ikke fram.", "danger") }}
<ul class="filters" aria-label="Vis"><li><a href="/" aria-current="true">Alle</a></li><li><a href="/">Mine</a></li></ul>
{% call ui.table("moter", "Møter i 2027", ["Dato", "Forum", "Papirer"], stacked=true) %}
<tr role="row"><th scope="row" role="rowheader">{{ ui.day(on) }}</th><td role="cell" data-label="Forum"><a href="/">Styringsgruppe</a></td><td role="cell" data-label="Papirer">{{ ui.tag("ferdig", "done") }}</td></tr>
<tr role="row"><th scope="row" role="rowheader">{{ ui.day(on) }}</th><td role="cell" data-label="Forum"><a href="/">Familieteam</a></td><td role="cell" data-label="Papirer">{{ ui.tag("referatet mangler", "late") }}</td></tr>
<tr role="row"><th scope="row" role="rowheader">{{ ui.day(on) }}</th><td role="cell" data-label="Forum"><a href="/">Kontaktmøte</a></td><td role="cell" data-label="Papirer">{{ ui.tag("avlyst", "cancelled") }} {{ ui.tag("til gjennomlesing", "warning") }} {{ ui.tag("planlagt", "info") }} {{ ui.tag("utkast") }}</td></tr>
{% endcall %}
<dl class="facts"><dt>Frist for innkalling</dt><dd>10 virkedager før {{ ui.chosen() }}</dd><dt>Sted</dt><dd>Helsestasjonen</dd></dl>
<ul class="cards"><li><h2>Neste møte</h2><p>{{ ui.day(on) }}</p></li><li><h2>Siste referat</h2><p>{{ ui.tag("ferdig", "done") }}</p></li></ul>
{{ ui.empty("Ingen møter ennå", "Når året er publisert, står møtene her.", "/", "Planlegg året") }}
{{ ui.error_summary(form) }}
<form class="card" method="post" novalidate>
{{ ui.csrf() }}
{{ ui.field(form, "name", "Navn") }}
{{ ui.field(form, "held_on", "Dato", type="date") }}
{{ ui.field(form, "room", "Rom", required=false, hint="Slik det heter i kalenderen.") }}
{{ ui.select_field(form, "unit", "Skole", [("a", "Frya skule"), ("b", "Vinstra skule")]) }}
{{ ui.radios(form, "kind", "Hva gjelder det?", [("a", "Flytt møtet"), ("b", "Avlys møtet")]) }}
{{ ui.text_area(form, "why", "Hvorfor") }}
{{ ui.tick(form, "tell", "Send e-post til alle") }}
{{ ui.buttons("Lagre", "/") }}
{{ ui.buttons("Avlys møtet", danger=true) }}
</form>
{% endblock %}
"""


@building_blocks.route("/", methods=["GET", "POST"])
@login_required
def index() -> ResponseReturnValue:
    """Show every block; a form that was sent is shown with its problems."""
    form = Form(request.form or {"held_on": "2027-03-09"})
    if request.method == "POST":
        form.line("name", "Navn")
        form.day("held_on", "Dato")
    return render_template_string(_PAGE, on=date(2027, 3, 9), form=form)
