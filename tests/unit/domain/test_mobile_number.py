"""Norwegian mobile numbers."""

from __future__ import annotations

import pytest

from scheduler.domain.mobile_number import mobile_number


@pytest.mark.parametrize(
    "text", ["91234567", "912 34 567", "+47 912 34 567", "0047 91234567", " 91-23-45-67 "]
)
def test_a_number_is_kept_in_one_way_however_it_is_written(text: str) -> None:
    assert mobile_number(text) == "+4791234567"


@pytest.mark.parametrize(
    "text", ["", "21234567", "9123456", "912345678", "+46 91234567", "ni en to", "٩١٢٣٤٥٦٧"]
)
def test_what_is_no_norwegian_mobile_is_none(text: str) -> None:
    assert mobile_number(text) is None
