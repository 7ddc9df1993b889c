"""Problems and warnings of a list of people in words, with the row, the column and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.domain.language import Language
from scheduler.language import translations
from scheduler.usecases.people.problem import RowCode, RowProblem

__all__ = ["ROW_MESSAGES", "say_positions", "say_row_problem"]


def say_row_problem(problem: RowProblem, language: Language) -> str:
    """Return the problem as one line: "rad 4, e-post: ..."."""
    translate = translations(language).gettext
    text = translate(ROW_MESSAGES[problem.code]).format(value=problem.value, wanted=problem.wanted)
    place = translate("rad {row}").format(row=problem.row)
    return f"{place}, {problem.column}: {text}" if problem.column else f"{place}: {text}"


def say_positions(positions: Sequence[str], language: Language) -> str:
    """Return the positions that a row can name, as one line."""
    text = translations(language).gettext("Stillingene som finnes: {names}.")
    return text.format(names=", ".join(positions))


ROW_MESSAGES: Mapping[RowCode, str] = {
    RowCode.NOT_A_SHEET: "filen er verken CSV eller XLSX. Lagre den som en av dem.",
    RowCode.TOO_LARGE: "filen er for stor. Del den i flere.",
    RowCode.EMPTY: "filen er tom. Første rad skal ha overskrifter.",
    RowCode.MISSING_COLUMN: "kolonnen mangler. Legg til en med overskriften {wanted}.",
    RowCode.UNKNOWN_COLUMN: (
        "«{value}» er ikke en kjent kolonne. Ta den bort; den leses aldri inn. Kjente: {wanted}."
    ),
    RowCode.MISSING_VALUE: "feltet er tomt. Fyll det ut.",
    RowCode.UNKNOWN_POSITION: "stillingen «{value}» finnes ikke.",
    RowCode.MISSPELT_POSITION: "stillingen «{value}» finnes ikke. Mente du {wanted}?",
    RowCode.SEVERAL_POSITIONS: "flere stillinger heter «{value}». Bruk kortnavnet: {wanted}.",
    RowCode.BAD_EMAIL: "«{value}» er ikke en e-postadresse. Skriv jobbadressen.",
    RowCode.BAD_DATE: "«{value}» er ikke en dato. Skriv 2027-03-09 eller 09.03.2027.",
    RowCode.BAD_LANGUAGE: "«{value}» er ikke en målform. Velg blant: {wanted}.",
    RowCode.WRONG_ORDER: "sluttdatoen {value} er før startdatoen. Bytt om, eller rett.",
    RowCode.IDENTITY_NUMBER: (
        "feltet inneholder et fødselsnummer eller noe som ligner. Ta det bort."
    ),
    RowCode.NOT_A_NAME: (
        "et navn kan bare ha bokstaver, mellomrom, bindestrek, apostrof og punktum. Skriv bare"
        " navnet, ikke noe om personen. Ta bort: {value}"
    ),
    RowCode.UNKNOWN_DEPUTY: (
        "stedfortrederen «{value}» har ingen egen rad. Gi personen en rad, eller skriv ja på"
        " raden til den som er stedfortreder."
    ),
    RowCode.TWO_NAMES: "adressen står også med navnet «{wanted}». Bruk samme navn.",
    RowCode.REPEATED: "«{value}» er oppgitt før. Ta bort den ene.",
    RowCode.NAME_DIFFERS: "personen er kjent med et annet navn. Navnet som står, beholdes; "
    "det rettes på stillingens side.",
    RowCode.PRIVATE_ADDRESS: "«{value}» ser ut som en privat adresse. Bruk jobbadressen.",
    RowCode.SEVERAL_HOLDERS: (
        "«{value}» har en annen på samme tid. Avslutt den andre, eller la stillingen ha flere."
    ),
    RowCode.LAST_ADMINISTRATOR: (
        "{value} er den siste som kan administrere kommunen. La noen andre ta over først, i samme"
        " liste eller på sidene."
    ),
}
