"""An answer takes as long whether there was much to do or little."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from web.login.even_time import at_least


@dataclass
class Watch:
    """A clock that goes only when told to, and notes how long it was slept."""

    seconds: float = 100.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        """Return the time."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Note the rest."""
        self.slept.append(round(seconds, 6))


@pytest.mark.parametrize(("work", "slept"), [(0.0, [0.25]), (0.2, [0.05]), (0.3, [])])
def test_what_is_left_of_the_time_is_waited_for(work: float, slept: list[float]) -> None:
    watch = Watch()
    with at_least(0.25, elapsed=watch.read, sleep=watch.sleep):
        watch.seconds += work
    assert watch.slept == slept


def test_it_is_waited_for_after_an_error_too() -> None:
    watch = Watch()
    with (
        pytest.raises(ValueError, match="unknown"),
        at_least(0.25, elapsed=watch.read, sleep=watch.sleep),
    ):
        raise ValueError("unknown")
    assert watch.slept == [0.25]
