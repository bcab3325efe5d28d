"""Defects of prose against itself: totals and parts, counts and the things named, shares and changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from analyzer.document import Number
from analyzer.numerals import plain
from analyzer.synthesis.defects.base import (
    Defect,
    Told,
    copied,
    indicator,
    keys,
    quote,
    restate,
    shares,
    spoiled,
    words,
)
from analyzer.synthesis.draft import Draft, Label, Sentence, Total
from analyzer.synthesis.figures import chinese, percent

HUNDRED = 100
Place = tuple[Sentence, Total]


def _totals(rng: Random, draft: Draft, *, complete: bool) -> list[Place]:
    """Totals whose numbers are all exact whole numbers that agree, in random order."""
    found = [
        (sentence, total)
        for _, sentence in draft.sentences()
        for total in sentence.totals
        if total.parts and total.complete == complete and _agrees(sentence, total)
    ]
    rng.shuffle(found)
    return found


def _agrees(sentence: Sentence, total: Total) -> bool:
    members = [sentence.labels[n] for n in (total.total, *total.parts)]
    if any(label.approximate or not isinstance(label.value, int) or label.kind != "amount" for label in members):
        return False
    gap = members[0].value - sum(label.value for label in members[1:])
    return gap == 0 if total.complete else gap >= 0


def total_off(draft: Draft, rng: Random) -> Draft | None:
    """Kind 7: the total of a complete list is more than its parts (or less, where these are no channels)."""
    new = copied(draft)
    for sentence, total in _totals(rng, new, complete=True):
        label = sentence.labels[total.total]
        if _open_list(sentence, total) or len(total.parts) < 2 or not isinstance(label.value, int):
            continue
        by = rng.randint(1, max(3, label.value // 5))
        largest = max(sentence.labels[n].value for n in total.parts)
        less = label.value - by >= largest and not _channels(sentence) and rng.random() < 0.5
        restate(sentence, total.total, label.value - by if less else label.value + by)
        return _told(new, sentence, total, rule="sum.total", kind=7, name="total_off")
    return None


def part_off(draft: Draft, rng: Random) -> Draft | None:
    """Kind 7: one of the parts of a complete list is not what the total leaves for it."""
    new = copied(draft)
    for sentence, total in _totals(rng, new, complete=True):
        free = [n for n in total.parts if sentence.labels[n].value >= 2]
        if _open_list(sentence, total) or len(total.parts) < 2 or not free:
            continue
        number = rng.choice(free)
        value, whole = sentence.labels[number].value, sentence.labels[total.total].value
        more = value + rng.randint(1, max(2, int(value) // 3))
        if _channels(sentence) or more > whole or rng.random() < 0.5:
            more = value - rng.randint(1, int(value) - 1)
        restate(sentence, number, more)
        return _told(new, sentence, total, rule="sum.total", kind=7, name="part_off")
    return None


def parts_above_total(draft: Draft, rng: Random) -> Draft | None:
    """Kind 8: the parts of a list that names only some of them already come to more than the total."""
    new = copied(draft)
    found = _totals(rng, new, complete=False) + _totals(rng, new, complete=True)
    for sentence, total in found:
        if total.complete and not _open_list(sentence, total):
            continue
        whole = int(sentence.labels[total.total].value)
        values = [int(sentence.labels[n].value) for n in total.parts]
        number = max(range(len(values)), key=lambda n: values[n])
        rest = sum(values) - values[number]
        if len(values) < 2 or rest < 2 or _channels(sentence):
            continue
        restate(sentence, total.parts[number], whole - rest + rng.randint(1, rest))
        return _told(new, sentence, total, rule="sum.parts", kind=8, name="parts_above_total")
    return None


def channels_overlap(draft: Draft, rng: Random) -> Draft | None:
    """Channels that together have more pieces than the total: possible, but nowhere said."""
    new, channel = copied(draft), words().find("channel")
    for sentence, total in _totals(rng, new, complete=True) + _totals(rng, new, complete=False):
        labels = [sentence.labels[n] for n in total.parts]
        whole = int(sentence.labels[total.total].value)
        pieces = sentence.labels[total.total].unit in words().gap_units
        named = pieces and all(channel.search(quote(sentence, label)) for label in labels)
        free = [n for n in total.parts if not keys(new, sentence.labels[n].source) and sentence.labels[n].value < whole]
        gap = whole - sum(int(label.value) for label in labels)
        free = [n for n in free if sentence.labels[n].value + gap < whole]
        if not named or len(labels) < 2 or not free or words().find("counted_apart").search(sentence.text):
            continue
        number = rng.choice(free)
        restate(sentence, number, rng.randint(int(sentence.labels[number].value) + gap + 1, whole))
        said = tuple(quote(sentence, sentence.labels[n]) for n in (total.total, *total.parts))
        return spoiled(new, "", Told("sum.overlap", "", said), name="channels_overlap")
    return None


def _open_list(sentence: Sentence, total: Total) -> bool:
    """Whether the words say that the list may name only some of the parts."""
    first = min(sentence.labels[n].number.start for n in total.parts)
    last = max(sentence.labels[n].quote.end for n in total.parts)
    start = min(sentence.labels[total.total].number.end, first)
    return words().find("open_list").search(sentence.text, start, last + 2) is not None


def _channels(sentence: Sentence) -> bool:
    """Whether a sentence speaks of channels, which may carry the same pieces."""
    named = any("channel" in label.source or label.source in CHANNELS for label in sentence.labels)
    return named or words().find("channel").search(sentence.text) is not None


CHANNELS = frozenset({"gazette", "website", "weibo", "wechat", "other_channel", "channel_sum"})


def _told(draft: Draft, sentence: Sentence, total: Total, *, rule: str, kind: int, name: str) -> Draft:
    members = [sentence.labels[n] for n in (total.total, *total.parts)]
    said = tuple(quote(sentence, label) for label in members)
    told = Told(
        rule,
        indicator(draft, members[0].source),
        said,
        sure=True,
        note=f"{members[0].value} in total",
        also=shares(sentence),
    )
    return spoiled(draft, kind, told, name=name)


def count_of_items(draft: Draft, rng: Random) -> Draft | None:
    """A count that is one more or less than the things named with it."""
    new = copied(draft)
    for _, sentence in new.sentences():
        for total in sentence.totals:
            label = sentence.labels[total.total]
            if total.items is None or label.value != total.items:
                continue
            value = total.items + rng.choice((1, 1, 2) if total.items < 3 else (1, 2, -1))
            printed = sentence.text[label.number.start : label.number.end]
            restate(sentence, total.total, value, "" if printed[0].isascii() else chinese(value))
            told = Told("enumeration.count", indicator(new, label.source), (quote(sentence, label),))
            return spoiled(new, "", told, name="count_of_items")
    return None


def _percentages(draft: Draft, kind: str) -> Iterator[tuple[Sentence, int]]:
    """Percentages whose numbers both stand in their sentence."""
    for _, sentence in draft.sentences():
        for number, label in enumerate(sentence.labels):
            if label.kind == kind and label.parts is not None and _stands(sentence, label):
                yield sentence, number


def _stands(sentence: Sentence, label: Label) -> bool:
    stated = Counter(other.value for other in sentence.labels if other.kind == "amount" and not other.approximate)
    return not Counter(label.parts or (0, 0)) - stated


def share_off(draft: Draft, rng: Random) -> Draft | None:
    """Kind 12: a share that is not that of its numbers."""
    return _percentage(draft, rng, "share", "percentage.share", name="share_off")


def growth_off(draft: Draft, rng: Random) -> Draft | None:
    """A change in percent that is not that of its numbers."""
    return _percentage(draft, rng, "growth", "percentage.growth", name="growth_off")


def _percentage(draft: Draft, rng: Random, kind: str, rule: str, *, name: str) -> Draft | None:
    new = copied(draft)
    found = list(_percentages(new, kind))
    rng.shuffle(found)
    for sentence, number in found:
        _off(rng, sentence, number)
        said = quote(sentence, sentence.labels[number])
        told = Told(rule, "", (said,), sure=True, also=shares(sentence, said))
        return spoiled(new, 12 if kind == "share" else "", told, name=name)
    return None


def _off(rng: Random, sentence: Sentence, number: int) -> None:
    """Another percentage, with as many decimals, that no number of the sentence gives."""
    label = sentence.labels[number]
    part, whole = label.parts or (0, 1)
    others = {other.value for other in sentence.labels if other.kind == "amount" and other.value}
    while True:
        value = Decimal(label.value) + Decimal(rng.randint(300, 1900)) / 100 * rng.choice((1, -1))
        value = value.quantize(Decimal(1).scaleb(-label.decimals))
        right = {abs(percent(part, other, label.decimals)) for other in others}
        if 0 < value < HUNDRED and all(abs(value - one) > 1 for one in right):
            break
        if label.kind == "growth" and value >= HUNDRED:
            break
    restate(sentence, number, plain(value), f"{value:f}")
    label.parts = (part, whole)


def shares_not_hundred(draft: Draft, rng: Random) -> Draft | None:
    """Kind 12: the shares of a complete list do not come to 100."""
    new = copied(draft)
    for _, sentence in new.sentences():
        lists: dict[Number, list[int]] = {}
        for number, label in enumerate(sentence.labels):
            if label.kind == "share" and label.parts is not None and _stands(sentence, label):
                lists.setdefault(label.parts[1], []).append(number)
        for whole, numbers in lists.items():
            parts = [sentence.labels[n].parts or (0, 1) for n in numbers]
            if len(numbers) < 2 or sum(part for part, _ in parts) != whole:
                continue
            wrong = rng.choice(numbers)
            _off(rng, sentence, wrong)
            said = tuple(quote(sentence, sentence.labels[n]) for n in numbers)
            own = quote(sentence, sentence.labels[wrong])
            told = Told("percentage.sum", "", said, sure=True), Told("percentage.share", "", (own,), sure=True)
            return spoiled(new, 12, *told, name="shares_not_hundred")
    return None


DEFECTS = (
    Defect("total_off", (7,), ("sum.total",), "sums", total_off),
    Defect("part_off", (7,), ("sum.total",), "sums", part_off),
    Defect("parts_above_total", (8,), ("sum.parts",), "sums", parts_above_total),
    Defect("channels_overlap", (), ("sum.overlap",), "sums", channels_overlap),
    Defect("count_of_items", (), ("enumeration.count",), "sums", count_of_items),
    Defect("share_off", (12,), ("percentage.share",), "sums", share_off),
    Defect("growth_off", (), ("percentage.growth",), "sums", growth_off),
    Defect("shares_not_hundred", (12,), ("percentage.sum", "percentage.share"), "sums", shares_not_hundred),
)
