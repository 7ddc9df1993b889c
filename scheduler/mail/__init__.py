"""A mail from plain values to bytes, and the ways to hand it over."""

from scheduler.mail.bounces import Bounce, read_bounces
from scheduler.mail.contents import (
    ChangeMail,
    Content,
    DutyItem,
    DutyMail,
    InvitationMail,
    InvitationTone,
    LoginMail,
    MovedMeeting,
    NearMeeting,
    RoomMail,
    RoundClosedMail,
    RoundForum,
    RoundMail,
    RoundMeeting,
    SummaryMail,
    TextMessage,
    WatchMail,
    WelcomeMail,
)
from scheduler.mail.imap import ImapMailbox, Mailbox, MailboxError, OpenMailbox
from scheduler.mail.imap_url import ImapUrlError, read_imap_url
from scheduler.mail.mailbox import MailboxTransport
from scheduler.mail.message import message_bytes
from scheduler.mail.record import CalendarPart, MailRecord
from scheduler.mail.rendering import RenderedMail, render
from scheduler.mail.replies import ReplyMail, read_reply_mail
from scheduler.mail.smtp import SmtpTimeouts, SmtpTransport
from scheduler.mail.smtp_url import SmtpUrlError, read_smtp_url
from scheduler.mail.transport import Outcome, Phase, Refusal, SendResult, Transport

__all__ = [
    "Bounce",
    "CalendarPart",
    "ChangeMail",
    "Content",
    "DutyItem",
    "DutyMail",
    "ImapMailbox",
    "ImapUrlError",
    "InvitationMail",
    "InvitationTone",
    "LoginMail",
    "MailRecord",
    "Mailbox",
    "MailboxError",
    "MailboxTransport",
    "MovedMeeting",
    "NearMeeting",
    "OpenMailbox",
    "Outcome",
    "Phase",
    "Refusal",
    "RenderedMail",
    "ReplyMail",
    "RoomMail",
    "RoundClosedMail",
    "RoundForum",
    "RoundMail",
    "RoundMeeting",
    "SendResult",
    "SmtpTimeouts",
    "SmtpTransport",
    "SmtpUrlError",
    "SummaryMail",
    "TextMessage",
    "Transport",
    "WatchMail",
    "WelcomeMail",
    "message_bytes",
    "read_bounces",
    "read_imap_url",
    "read_reply_mail",
    "read_smtp_url",
    "render",
]
