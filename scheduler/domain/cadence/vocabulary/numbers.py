"""Number words and ordinals, bokmål and nynorsk, with Swedish and Danish neighbours."""

from __future__ import annotations

from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["NUMBER_WORDS"]

NUMBER_WORDS: tuple[tuple[Sort, object, str], ...] = (
    (
        Sort.NUMBER,
        1,
        "en én èn ein éin ei éi èi et ett ét èt eitt éitt eit één",
    ),
    (
        Sort.NUMBER,
        2,
        "to tå tvo två et_par ett_par eit_par begge",
    ),
    (
        Sort.NUMBER,
        3,
        "tre",
    ),
    (
        Sort.NUMBER,
        4,
        "fire fyra",
    ),
    (
        Sort.NUMBER,
        5,
        "fem",
    ),
    (
        Sort.NUMBER,
        6,
        "seks sex",
    ),
    (
        Sort.NUMBER,
        7,
        "sju syv",
    ),
    (
        Sort.NUMBER,
        8,
        "åtte åtta otte",
    ),
    (
        Sort.NUMBER,
        9,
        "ni nio",
    ),
    (
        Sort.NUMBER,
        10,
        "ti tio",
    ),
    (
        Sort.NUMBER,
        11,
        "elleve",
    ),
    (
        Sort.NUMBER,
        12,
        "tolv",
    ),
    (
        Sort.NUMBER,
        13,
        "tretten",
    ),
    (
        Sort.NUMBER,
        14,
        "fjorten fjorton fjorden",
    ),
    (
        Sort.NUMBER,
        15,
        "femten",
    ),
    (
        Sort.NUMBER,
        16,
        "seksten",
    ),
    (
        Sort.NUMBER,
        17,
        "sytten",
    ),
    (
        Sort.NUMBER,
        18,
        "atten",
    ),
    (
        Sort.NUMBER,
        19,
        "nitten",
    ),
    (
        Sort.NUMBER,
        20,
        "tjue tyve",
    ),
    (
        Sort.NUMBER,
        30,
        "tretti tredve",
    ),
    (
        Sort.ORDINAL,
        1,
        "første fyrste førstkommende fyrst første_hele fyrste_heile första forste",
    ),
    (
        Sort.ORDINAL,
        2,
        "andre annen anden andra",
    ),
    (
        Sort.ORDINAL,
        3,
        "tredje",
    ),
    (
        Sort.ORDINAL,
        4,
        "fjerde fjärde",
    ),
    (
        Sort.ORDINAL,
        5,
        "femte",
    ),
    (
        Sort.ORDINAL,
        6,
        "sjette sjätte",
    ),
    (
        Sort.ORDINAL,
        7,
        "sjuende syvende sjuande",
    ),
    (
        Sort.ORDINAL,
        8,
        "åttende åttande ottende",
    ),
    (
        Sort.ORDINAL,
        9,
        "niende niande",
    ),
    (
        Sort.ORDINAL,
        10,
        "tiende tiande",
    ),
    (
        Sort.ORDINAL,
        11,
        "ellevte",
    ),
    (
        Sort.ORDINAL,
        12,
        "tolvte",
    ),
    (
        Sort.ORDINAL,
        13,
        "trettende trettande",
    ),
    (
        Sort.ORDINAL,
        14,
        "fjortende fjortande",
    ),
    (
        Sort.ORDINAL,
        15,
        "femtende femtande",
    ),
    (
        Sort.ORDINAL,
        16,
        "sekstende sekstande",
    ),
    (
        Sort.ORDINAL,
        20,
        "tjuende tyvende tjuande",
    ),
    (
        Sort.ORDINAL,
        30,
        "trettiende trettiande",
    ),
    (
        Sort.ORDINAL,
        -1,
        "siste sist sista sidste seinaste",
    ),
    (
        Sort.OTHER,
        2,
        "andre annen annan anna annet anden andet andra annat anne",
    ),
)
