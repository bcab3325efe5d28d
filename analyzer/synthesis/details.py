"""Names, years and made-up details that the slots of a report print."""

from __future__ import annotations

from random import Random

from analyzer.knowledge.grammar import Body, Fills

MONTHS = (1, 12)


class Details:
    """Fills slots for one report; telephone, mail, address and the word for oneself stay the same all over it."""

    def __init__(self, rng: Random, fills: Fills, body: Body, year: int) -> None:
        self.fills, self.year, self.body = fills, year, body
        self._kept = {
            "agency": body.name,
            "self": rng.choice(body.self),
            "area": body.area,
            "year": str(year),
            "next": str(year + 1),
            "last": str(year - 1),
        }
        for name in ("phone", "mail", "url", "address"):
            self._kept[name] = self._written(rng, name)

    def fill(self, rng: Random, name: str) -> str:
        """What the slot `name` prints."""
        return self._kept.get(name) or self._written(rng, name)

    def _written(self, rng: Random, name: str) -> str:
        text: str = rng.choice(getattr(self.fills, name))
        return text.format(
            year=self.year,
            area=self.body.area,
            n=rng.randint(3, 260),
            m=rng.randint(1, 9),
            a=rng.randint(310, 998),
            b=rng.randint(2_200_000, 8_899_999),
            c=rng.randint(100_000, 999_999),
            month=rng.randint(*MONTHS),
            day=rng.randint(1, 28),
        )
