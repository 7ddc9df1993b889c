"""Plan files in: parse, check, compare, load."""

from scheduler.usecases.plan_file.answer import (
    Answerer,
    AnswerError,
    AnswerRefusal,
    assign_duty,
    assign_measure,
    choose_rhythm,
    decide_level,
    note_last_done,
)
from scheduler.usecases.plan_file.call_off import CalledOff
from scheduler.usecases.plan_file.difference import Change
from scheduler.usecases.plan_file.load_plan import load_plan, preview_plan
from scheduler.usecases.plan_file.open_question import (
    OpenQuestion,
    QuestionKind,
    open_questions,
)
from scheduler.usecases.plan_file.read_bytes import parse_plan_file
from scheduler.usecases.plan_file.report import LoadReport
from scheduler.usecases.plan_file.retire import Retired, retire_missing
from scheduler.usecases.plan_file.settled import (
    reopen_question,
    settle_question,
    settled_questions,
)
from scheduler.usecases.plan_file.words import say_problem, say_question, say_refusal

__all__ = [
    "AnswerError",
    "AnswerRefusal",
    "Answerer",
    "CalledOff",
    "Change",
    "LoadReport",
    "OpenQuestion",
    "QuestionKind",
    "Retired",
    "assign_duty",
    "assign_measure",
    "choose_rhythm",
    "decide_level",
    "load_plan",
    "note_last_done",
    "open_questions",
    "parse_plan_file",
    "preview_plan",
    "reopen_question",
    "retire_missing",
    "say_problem",
    "say_question",
    "say_refusal",
    "settle_question",
    "settled_questions",
]
