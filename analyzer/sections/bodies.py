"""Kind and level of a public body, told from its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analyzer.knowledge.outline import Outline, PlaceWords

LONGEST = 6


def kind_of(agency: str, outline: Outline) -> str:
    """`government`, `department`, `office`, `vertical`, `zone`, `institution`, or empty."""
    return next((entry.kind for entry in outline.kinds if agency and entry.finds(agency)), "")


def level_of(agency: str, outline: Outline) -> str:
    """`national`, `province`, `city`, `county`, `township`, or empty: the last place that the name holds."""
    if not agency:
        return ""
    for entry in outline.levels:
        if entry.finds(agency):
            return entry.level
    words = outline.place_words
    name = _places(words).masked.sub(lambda found: "·" * len(found[0]), agency)
    if _places(words).county.search(name):
        return "county"
    city = _city(name, outline)
    if city:
        return "county" if kind_of(agency, outline) == "zone" else city
    if _places(words).city.search(name):
        return "county" if kind_of(agency, outline) == "zone" else "city"
    if _places(words).province.search(agency) or agency.startswith(words.municipality):
        return "province"
    return _bare(agency, outline)


def _city(name: str, outline: Outline) -> str:
    """The level of the last city in the name: a prefecture, a city below one, a municipality."""
    words = outline.place_words
    parts = name.split(words.urban)
    if len(parts) < 2:
        return ""
    own = _places(words).above.sub("", parts[-2])
    if own in words.municipality:
        return "province"
    if not own:
        return "city"
    return "city" if own in outline.prefecture_names else "county"


def is_city(agency: str, outline: Outline) -> bool:
    """Whether the last place in a name is a city of no known rank."""
    words = outline.place_words
    name = _places(words).masked.sub(lambda found: "·" * len(found[0]), agency)
    return not _places(words).county.search(name) and _city(name, outline) == "county"


def _bare(agency: str, outline: Outline) -> str:
    """The level of a name that leaves the word for its place out: a zone or office of a known city or province."""
    if any(agency.startswith(entry.province) for entry in outline.prefectures):
        return "province"
    if any(agency[:size] in outline.prefecture_names for size in range(2, LONGEST + 1)):
        return "county" if kind_of(agency, outline) == "zone" else "city"
    return ""


@dataclass(frozen=True, slots=True)
class Places:
    """The place words as patterns."""

    masked: re.Pattern[str]
    county: re.Pattern[str]
    city: re.Pattern[str]
    province: re.Pattern[str]
    above: re.Pattern[str]


@cache
def _places(words: PlaceWords) -> Places:
    """The patterns of these words, compiled once."""
    return Places(
        re.compile("|".join((*words.zone, *words.mask))),
        re.compile("|".join(words.county)),
        re.compile("|".join(words.city)),
        re.compile("|".join(words.province)),
        re.compile(".*(?:" + "|".join((*words.province, *words.city)) + "|·)"),
    )
