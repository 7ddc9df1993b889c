"""What a loaded plan leaves open, and the answers to it.

The pages ask for it, so that nothing here may import what reads plan files.
"""

from scheduler.usecases.open_questions.answer import (
    Answerer,
    AnswerError,
    AnswerRefusal,
    assign_duty,
    assign_measure,
    decide_level,
    note_last_done,
)
from scheduler.usecases.open_questions.answered import AnsweredQuestion, answered_questions
from scheduler.usecases.open_questions.open_question import (
    LEVEL_IS_OPEN,
    NO_RHYTHM,
    OpenQuestion,
    QuestionKind,
    hangs_on_the_last_time,
    lacks_rhythm,
    open_questions,
)
from scheduler.usecases.open_questions.settled import (
    reopen_question,
    settle_question,
    settled_questions,
)
from scheduler.usecases.open_questions.words import (
    QUESTIONS,
    REFUSALS,
    say_question,
    say_refusal,
)

__all__ = [
    "LEVEL_IS_OPEN",
    "NO_RHYTHM",
    "QUESTIONS",
    "REFUSALS",
    "AnswerError",
    "AnswerRefusal",
    "AnsweredQuestion",
    "Answerer",
    "OpenQuestion",
    "QuestionKind",
    "answered_questions",
    "assign_duty",
    "assign_measure",
    "decide_level",
    "hangs_on_the_last_time",
    "lacks_rhythm",
    "note_last_done",
    "open_questions",
    "reopen_question",
    "say_question",
    "say_refusal",
    "settle_question",
    "settled_questions",
]
