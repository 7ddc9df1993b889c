"""Plan files in: parse, check, compare, load."""

from scheduler.usecases.plan_file.difference import Change
from scheduler.usecases.plan_file.load_plan import load_plan, preview_plan
from scheduler.usecases.plan_file.read_bytes import parse_plan_file
from scheduler.usecases.plan_file.report import LoadReport
from scheduler.usecases.plan_file.retire import Retired, retire_missing
from scheduler.usecases.plan_file.words import say_problem
from scheduler.usecases.retiring import CalledOff

__all__ = [
    "CalledOff",
    "Change",
    "LoadReport",
    "Retired",
    "load_plan",
    "parse_plan_file",
    "preview_plan",
    "retire_missing",
    "say_problem",
]
