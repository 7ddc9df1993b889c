"""From the bytes of a plan file to the checked plan."""

from __future__ import annotations

from scheduler.documents.toml_source import TomlSyntaxError, read_toml
from scheduler.domain.planfile import PlanFile, PlanFileError, Problem, ProblemCode, read_plan_file

__all__ = ["parse_plan_file"]


def parse_plan_file(data: bytes) -> PlanFile:
    """Read and check a plan file in TOML (UTF-8).

    Raises:
        PlanFileError: with all problems and their lines; a file that is no TOML has only those.
    """
    try:
        source = read_toml(data)
    except TomlSyntaxError as error:
        raise PlanFileError(
            tuple(Problem(ProblemCode.SYNTAX, bad.line, "", bad.text) for bad in error.lines)
        ) from None
    return read_plan_file(source)
