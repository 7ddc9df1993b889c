"""Invitations to meetings by mail, for those who chose them and for rooms.

Where to look: `recipients` says who is to have a meeting, `own_coming_meetings` which meetings a
person sits in. `told` is what one recipient was told of one meeting so far, and `told_record`
reads it; `standing` is which meetings stand in a calendar by it, so that a feed leaves them out.
`bring_in_line` compares the two and puts in line what is missing; `message` and `text` are what
it says, `still_to_go` whether a waiting one still holds. `calendar_answer` and `room_answer` take
what comes back.
"""
