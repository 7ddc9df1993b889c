"""One meeting is moved, cancelled, taken up again or answered."""

from scheduler.usecases.meetings.answer_meeting import (
    Answer,
    AnswersNow,
    MeetingAnswer,
    OwnAnswer,
    Through,
    answer_meeting,
    answers_now,
    answers_to,
    own_answer,
    take_back_answer,
)
from scheduler.usecases.meetings.cancel_meeting import cancel_meeting, reinstate_meeting
from scheduler.usecases.meetings.change import MeetingStep
from scheduler.usecases.meetings.errors import MeetingChangedError, MeetingStateError
from scheduler.usecases.meetings.mails import ChangeMails
from scheduler.usecases.meetings.move_meeting import (
    MeetingTime,
    move_meeting,
    with_standing_place,
)
from scheduler.usecases.meetings.preview import ChangePreview, PaperDate, preview_change
from scheduler.usecases.meetings.rights import (
    may_change_meeting,
    may_finish_duty,
    sees_only_the_date,
)
from scheduler.usecases.meetings.sent_notice import SentNotice, sent_notice

__all__ = [
    "Answer",
    "AnswersNow",
    "ChangeMails",
    "ChangePreview",
    "MeetingAnswer",
    "MeetingChangedError",
    "MeetingStateError",
    "MeetingStep",
    "MeetingTime",
    "OwnAnswer",
    "PaperDate",
    "SentNotice",
    "Through",
    "answer_meeting",
    "answers_now",
    "answers_to",
    "cancel_meeting",
    "may_change_meeting",
    "may_finish_duty",
    "move_meeting",
    "own_answer",
    "preview_change",
    "reinstate_meeting",
    "sees_only_the_date",
    "sent_notice",
    "take_back_answer",
    "with_standing_place",
]
