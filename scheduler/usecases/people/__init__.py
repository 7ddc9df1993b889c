"""People and the positions they hold."""

from scheduler.usecases.people.compare_people import compare_people
from scheduler.usecases.people.errors import HoldingError, HoldingRefusal
from scheduler.usecases.people.hand_over import (
    FollowingSeat,
    HandOver,
    HandOverPreview,
    Leaving,
    hand_over,
    preview_hand_over,
)
from scheduler.usecases.people.history import PastHolding, position_history
from scheduler.usecases.people.holders import (
    HolderSnapshot,
    current_holders,
    holders_on,
    stands_in,
)
from scheduler.usecases.people.holding import add_holder, end_holding, set_leave
from scheduler.usecases.people.import_people import import_people
from scheduler.usecases.people.people_file import PersonRow, read_people_file
from scheduler.usecases.people.people_report import HoldingAction, HoldingChange, PeopleReport
from scheduler.usecases.people.person import NewPerson
from scheduler.usecases.people.problem import PeopleFileError, RowCode, RowProblem
from scheduler.usecases.people.rename import is_of_one_municipality, rename_holder, rename_oneself
from scheduler.usecases.people.words import say_positions, say_row_problem

__all__ = [
    "FollowingSeat",
    "HandOver",
    "HandOverPreview",
    "HolderSnapshot",
    "HoldingAction",
    "HoldingChange",
    "HoldingError",
    "HoldingRefusal",
    "Leaving",
    "NewPerson",
    "PastHolding",
    "PeopleFileError",
    "PeopleReport",
    "PersonRow",
    "RowCode",
    "RowProblem",
    "add_holder",
    "compare_people",
    "current_holders",
    "end_holding",
    "hand_over",
    "holders_on",
    "import_people",
    "is_of_one_municipality",
    "position_history",
    "preview_hand_over",
    "read_people_file",
    "rename_holder",
    "rename_oneself",
    "say_positions",
    "say_row_problem",
    "set_leave",
    "stands_in",
]
