"""Made-up municipalities as plan files, in the words that real plans use; equal for equal seeds."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

__all__ = ["Town", "made_up_town"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
COUNTED = (
    "2 ganger i året",
    "3-4 ganger i året",
    "minst 2 ganger i året",
    "en gang per semester",
    "2 ganger per semester",
    "en gang i kvartalet",
    "en gang i måneden",
)
TEAMS = (
    "annenhver fredag kl. 9-11",
    "hver tirsdag kl. 8-9",
    "hver 14. dag",
    "første tirsdag i måneden",
)
KINDS = ("public_holiday", "joint_leave", "christmas", "easter", "school_break")


@dataclass(frozen=True, slots=True)
class Town:
    """A plan file, and the positions that each person of the town holds."""

    slug: str
    text: str
    holders: dict[str, tuple[str, ...]]


def made_up_town(seed: int, *, shared: tuple[str, ...] = ()) -> Town:
    """Return a town of three to nine forums; `shared` people work in its neighbour too."""
    random = Random(seed)  # noqa: S311 - made-up data, no secret.
    slug = f"bygd-{seed}"
    positions = [f"stilling-{number}" for number in range(random.randint(6, 12))]
    lines = [
        f'[municipality]\nslug = "{slug}"\nname = "Bygd {seed}"',
        '[plan]\ntitle = "Plan for barn, unge og familier"',
        *(
            f'[[unit]]\nslug = "{u}"\nname = "{u.title()} skole"\nkind = "school"'
            for u in ("as", "li")
        ),
        '[[position]]\nslug = "rektor"\ntitle = "Rektor"\nper_unit = "school"',
        *(f'[[position]]\nslug = "{p}"\ntitle = "Stilling, {p}"' for p in positions),
    ]
    slugs = []
    for number in range(random.randint(2, 6)):
        slugs.append(f"forum-{number}")
        lines.append(_forum(random, slugs[-1], random.choice(COUNTED), positions))
    if random.random() < 0.8:
        lines.append(_forum(random, "team", random.choice(TEAMS), positions, guests=True))
    if random.random() < 0.4:
        seats = '{ position = "rektor@{unit}" }, ' + f'{{ position = "{positions[0]}" }}'
        lines.append(
            '[[forum]]\nslug = "kontakt"\nname = "Kontaktmøte"\nlevel = "mixed"\n'
            f'rhythm = "en gang i måneden"\nper_unit = "school"\nseats = [{seats}]'
        )
    if random.random() < 0.3:
        lines.append(_forum(random, "nettverk", "jevnlig", positions))
    if random.random() < 0.6:
        kind = random.choice(("after", "receives_minutes"))
        lines.append(f'[[link]]\nkind = "{kind}"\nfrom = "{slugs[0]}"\nto = "{slugs[1]}"\ndays = 7')
    week = random.choice((40, 41))
    first = {40: "2027-10-04", 41: "2027-10-11"}[week]
    last = {40: "2027-10-08", 41: "2027-10-15"}[week]
    lines.append(_closed("host", "school_break", first, last))
    lines.append(_closed("vinter", "school_break", "2027-02-22", "2027-02-26"))
    if random.random() < 0.5:
        lines.append(_closed("ferie", "joint_leave", "2027-07-12", "2027-07-30"))
    return Town(slug, "\n".join(lines), _holders(random, positions, seed, shared))


def _forum(
    random: Random, slug: str, words: str, positions: list[str], *, guests: bool = False
) -> str:
    members = random.sample(positions, random.randint(2, min(5, len(positions))))
    seats = [f'{{ position = "{member}" }}' for member in members]
    if guests and random.random() < 0.5:
        guest = random.choice([p for p in positions if p not in members])
        seats.append(f'{{ position = "{guest}", attends = "monthly" }}')
    kinds = [kind for kind in KINDS if kind != "school_break" or random.random() < 0.7]
    lines = [
        f'[[forum]]\nslug = "{slug}"\nname = "Forum, {slug}"\nlevel = "system"',
        f'rhythm = "{words}"',
        "seats = [" + ", ".join(seats) + "]",
        "closed = [" + ", ".join(f'"{kind}"' for kind in kinds) + "]",
    ]
    if "kl." not in words:
        lines.append(f"duration_minutes = {random.choice((60, 90, 120))}")
    if "kl." not in words and random.random() < 0.4:
        lines.append(f"starts = {random.choice((9, 10, 12)):02d}:00:00")
    if "dag" not in words.split(" kl.")[0] and random.random() < 0.4:
        lines.append(f'weekday = "{random.choice(WEEKDAYS)}"')
    if random.random() < 0.3:
        lines.append('place = "Kommunestyresalen, øst"')
    return "\n".join(lines)


def _closed(slug: str, kind: str, first: str, last: str) -> str:
    return (
        f'[[closed]]\nslug = "{slug}"\nname = "Ferie, {slug}"\nkind = "{kind}"\n'
        f"from = {first}\nto = {last}\nconfirmed = true"
    )


def _holders(
    random: Random, positions: list[str], seed: int, shared: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Give most positions a person; some hold two, some are vacant, some work next door too."""
    holders: dict[str, tuple[str, ...]] = {}
    left = [position for position in positions if random.random() < 0.8]
    for person in shared:
        if left:
            holders[person] = (left.pop(),)
    while left:
        count = 2 if random.random() < 0.2 else 1
        holders[f"person-{seed}-{len(left)}@bygd.example"] = tuple(left[:count])
        left = left[count:]
    return holders
