"""What each kind of mail says, as plain values for its template."""

from scheduler.mail.contents.duty_mail import (
    DutyItem,
    DutyMail,
)
from scheduler.mail.contents.meeting_mail import (
    ChangeMail,
    InvitationMail,
    InvitationTone,
    RoomMail,
    TextMessage,
)
from scheduler.mail.contents.person_mail import (
    LoginMail,
    WatchMail,
    WelcomeMail,
)
from scheduler.mail.contents.round_mail import (
    RoundClosedMail,
    RoundForum,
    RoundMail,
    RoundMeeting,
)
from scheduler.mail.contents.year_mail import (
    MovedMeeting,
    NearMeeting,
    SummaryMail,
)

__all__ = [
    "ChangeMail",
    "Content",
    "DutyItem",
    "DutyMail",
    "InvitationMail",
    "InvitationTone",
    "LoginMail",
    "MovedMeeting",
    "NearMeeting",
    "RoomMail",
    "RoundClosedMail",
    "RoundForum",
    "RoundMail",
    "RoundMeeting",
    "SummaryMail",
    "TextMessage",
    "WatchMail",
    "WelcomeMail",
]

Content = (
    (DutyMail | ChangeMail | InvitationMail | LoginMail | SummaryMail | RoundMail | RoundClosedMail)
    | RoomMail
    | TextMessage
    | WelcomeMail
    | WatchMail
)
