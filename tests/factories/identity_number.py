"""An identity number that nobody has."""

from __future__ import annotations

__all__ = ["made_up_identity_number"]


def made_up_identity_number() -> str:
    """Return the first number of day 00 whose two control digits come out right."""
    for rest in range(1000):
        digits = [int(digit) for digit in f"000027{rest:03d}"]
        first = -sum(a * b for a, b in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True)) % 11
        digits.append(first)
        second = (
            -sum(a * b for a, b in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), digits, strict=True)) % 11
        )
        if first < 10 and second < 10:
            return "".join(str(digit) for digit in [*digits, second])
    raise AssertionError("no number was found")
