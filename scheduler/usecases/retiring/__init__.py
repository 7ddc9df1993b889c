"""A forum goes out of use, and its meetings ahead with it.

Apart from plan files, so that a web process need not load what reads those.
"""

from scheduler.usecases.retiring.call_off import CalledOff, call_off_meetings
from scheduler.usecases.retiring.retire_forum import retire_forum
from scheduler.usecases.retiring.retired_forum import RetiredForum, retired_forum

__all__ = ["CalledOff", "RetiredForum", "call_off_meetings", "retire_forum", "retired_forum"]
