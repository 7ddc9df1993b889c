"""From the content of a mail to its subject, plain text and HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from scheduler.domain.language import (
    Language,
    say_date,
    say_day,
    say_list,
    say_time,
    say_times,
)
from scheduler.language import translations
from scheduler.language.titles import duty_title
from scheduler.mail.contents import Content, TextMessage

__all__ = ["RenderedMail", "render"]


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """The words of a mail in one written form; a text message has no `html`."""

    subject: str
    text: str
    html: str


def render(content: Content, language: Language) -> RenderedMail:
    """Return the words of a mail; both forms come from one template and its blocks."""
    subject = _form(content, language, "subject", "txt")
    return RenderedMail(
        subject=" ".join(subject.split()),
        text=_tidy(_form(content, language, "txt", "txt")),
        html="" if isinstance(content, TextMessage) else _form(content, language, "html", "html"),
    )


def _form(content: Content, language: Language, layout: str, form: str) -> str:
    template = _environment(language, escaped=form == "html").get_template(content.template)
    return template.render(
        mail=content,
        language=language.value,
        layout=f"layout.{layout}.j2",
        form=f"form.{form}.j2",
    )


def _tidy(text: str) -> str:
    """Leave one empty line at most between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _environment(language: Language, *, escaped: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("scheduler.mail"),
        # Plain text is not markup; everything in HTML is escaped.
        autoescape=escaped,  # noqa: S701
        undefined=StrictUndefined,
        # An upgrade under a running worker must not mix new templates with old code.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translations(language), newstyle=True
    )
    for say in (duty_title, say_date, say_day, say_list, say_time, say_times):
        environment.globals[say.__name__] = partial(say, language=language)
    return environment
