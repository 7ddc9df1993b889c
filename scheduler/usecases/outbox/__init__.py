"""The outbox: every mail goes once, or somebody is told."""

from scheduler.usecases.outbox.auditor import Complaint, ComplaintKind, audit
from scheduler.usecases.outbox.figures import QueueFigures, queue_figures
from scheduler.usecases.outbox.heartbeat import beat
from scheduler.usecases.outbox.jobs import Job, jobs_of, wipe_all_old
from scheduler.usecases.outbox.mailbox_fault import why_unread
from scheduler.usecases.outbox.mailbox_round import MailboxRound, read_mailbox
from scheduler.usecases.outbox.queue import queue_login_mail, queue_summaries
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.outbox.stop_points import StopPoint, kill_at
from scheduler.usecases.outbox.wipe import wipe_old
from scheduler.usecases.outbox.worker import StepResult, Worker

__all__ = [
    "Complaint",
    "ComplaintKind",
    "Job",
    "MailboxRound",
    "QueueFigures",
    "StepResult",
    "StopPoint",
    "Worker",
    "WorkerSettings",
    "audit",
    "beat",
    "jobs_of",
    "kill_at",
    "queue_figures",
    "queue_login_mail",
    "queue_summaries",
    "read_mailbox",
    "why_unread",
    "wipe_all_old",
    "wipe_old",
]
