"""The bytes that a process holds on to, and how many at most."""

from __future__ import annotations

from scheduler.usecases.feeds.held import HeldFeed, HeldFeeds


def test_an_address_has_the_bytes_that_were_held_for_it_last() -> None:
    held = HeldFeeds()
    held.hold("a", HeldFeed('"1"', b"old"))
    held.hold("a", HeldFeed('"2"', b"new"))

    assert (held.of("a"), held.of("b")) == (HeldFeed('"2"', b"new"), None)


def test_the_one_asked_for_longest_ago_gives_way() -> None:
    held = HeldFeeds(most_bytes=8)
    for address in "ab":
        held.hold(address, HeldFeed(address, b"1234"))
    held.of("a")

    held.hold("c", HeldFeed("c", b"1234"))

    assert [address for address in "abc" if held.of(address)] == ["a", "c"]


def test_what_replaces_its_older_self_takes_no_more_room_than_it_has() -> None:
    held = HeldFeeds(most_bytes=8)
    held.hold("other", HeldFeed("o", b"1"))
    for number in range(100):
        held.hold("a", HeldFeed(str(number), b"1234567"))

    assert [held.of(address) is not None for address in ("other", "a")] == [True, True]


def test_what_is_larger_than_all_there_is_room_for_is_not_held_and_pushes_nothing_out() -> None:
    held = HeldFeeds(most_bytes=8)
    held.hold("a", HeldFeed("a", b"1"))
    held.hold("large", HeldFeed("large", b"123456789"))

    assert [held.of(address) is not None for address in ("a", "large")] == [True, False]


def test_what_grew_too_large_leaves_nothing_old_behind() -> None:
    held = HeldFeeds(most_bytes=8)
    held.hold("a", HeldFeed("a", b"1"))
    held.hold("a", HeldFeed("a", b"123456789"))

    assert held.of("a") is None
