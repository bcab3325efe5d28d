"""What the reading of one report may cost, and what is left of it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from analyzer.readers.encoding import Unreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one report may cost at most, and whether pictures of text are recognised.

    `megabytes` is the size of a file and of what it unpacks to, `megapixels` that of one picture or page as drawn.
    """

    ocr: bool = True
    megabytes: int = 200
    pages: int = 500
    megapixels: int = 80
    seconds: int = 600


class Allowance:
    """What is left of the limits while one file is read. Each method raises `UnreadableReport` beyond its limit."""

    def __init__(self, limits: Limits, name: str) -> None:
        self.limits, self.name = limits, name
        self._end = time.monotonic() + limits.seconds

    @property
    def seconds(self) -> float:
        """Time left."""
        return max(0.0, self._end - time.monotonic())

    def time(self) -> None:
        """Between pages and before whatever takes long."""
        if not self.seconds:
            most = self.limits.seconds
            raise Unreadable("too_slow", self.name, f"more than {most} s to read; raise --timeout", most=str(most))

    def size(self, count: int) -> None:
        """For bytes read or unpacked."""
        most = self.limits.megabytes
        if count > most * 2**20:
            raise Unreadable("too_big", self.name, f"more than {most} MB; raise --max-mb", most=str(most))

    def pages(self, count: int) -> None:
        """For the pages of a file."""
        most = self.limits.pages
        if count > most:
            message = f"{count} pages, more than {most}; raise --max-pages"
            raise Unreadable("too_long", self.name, message, count=str(count), most=str(most))

    def pixels(self, count: int) -> None:
        """For a picture."""
        most = self.limits.megapixels
        if count > most * 1_000_000:
            message = f"a picture of more than {most} megapixels; raise --max-megapixels"
            raise Unreadable("too_large", self.name, message, most=str(most))
