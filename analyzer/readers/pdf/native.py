"""The library's functions that are called for each character, with plain numbers in place of typed pointers."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

NUMBER, POINTER = ctypes.c_int, ctypes.c_void_p
Edges = tuple[float, float, float, float]


def address_of(pointer: Any) -> int:
    """What a typed pointer points at."""
    return ctypes.cast(pointer, POINTER).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """The function taking and giving pointers as numbers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


_unicode = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, POINTER, NUMBER)
_object = _plain(pdfium.FPDFText_GetTextObject, POINTER, POINTER, NUMBER)
_box = _plain(pdfium.FPDFText_GetLooseCharBox, NUMBER, POINTER, NUMBER, POINTER)
_origin = _plain(pdfium.FPDFText_GetCharOrigin, NUMBER, POINTER, NUMBER, POINTER, POINTER)
_matrix = _plain(pdfium.FPDFText_GetMatrix, NUMBER, POINTER, NUMBER, POINTER)
_size = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, POINTER, NUMBER)
_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, NUMBER, POINTER)
_font = _plain(pdfium.FPDFTextObj_GetFont, POINTER, POINTER)
_fill = _plain(pdfium.FPDFPageObj_GetFillColor, NUMBER, POINTER, POINTER, POINTER, POINTER, POINTER)
_drawn = _plain(pdfium.FPDFPage_GetObject, POINTER, POINTER, NUMBER)
_kind = _plain(pdfium.FPDFPageObj_GetType, NUMBER, POINTER)
_name = _plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, POINTER, POINTER, ctypes.c_size_t)


class Look(NamedTuple):
    """How a text object is drawn: its matrix without the shift, the size of its font, its mode, the font, its colour
    (red, green, blue, alpha to 255)."""

    matrix: tuple[float, ...]
    size: float
    mode: int
    font: int | None
    colour: tuple[int, ...] | None


def codes(text: Any, count: int) -> list[int]:
    """The Unicode values of a page's characters."""
    return list(map(_unicode, repeat(address_of(text)), range(count)))


def owners(text: Any, count: int) -> list[int | None]:
    """The text objects to which a page's characters belong."""
    return list(map(_object, repeat(address_of(text)), range(count)))


def boxes(text: Any, places: Sequence[int]) -> Iterator[Edges]:
    """Left, top, right and bottom of the characters at these places."""
    found = (ctypes.c_float * (4 * len(places)))()
    at = ctypes.addressof(found)
    _run(map(_box, repeat(address_of(text)), places, range(at, at + ctypes.sizeof(found), 16)))
    every = iter(found[:])
    return zip(every, every, every, every, strict=True)


def origins(text: Any, places: Sequence[int]) -> Iterator[tuple[float, float]]:
    """Where the base lines of the characters at these places begin."""
    found = (ctypes.c_double * (2 * len(places)))()
    at = ctypes.addressof(found)
    end = at + ctypes.sizeof(found)
    _run(map(_origin, repeat(address_of(text)), places, range(at, end, 16), range(at + 8, end + 8, 16)))
    every = iter(found[:])
    return zip(every, every, strict=True)


def _run(calls: Iterator[int]) -> None:
    for _ in calls:
        pass


def looks(text: Any, owned: Mapping[int | None, int]) -> Iterator[Look]:
    """How these text objects are drawn, each given with the place of a character that belongs to it."""
    handle, count, owners, places = address_of(text), len(owned), owned.keys(), owned.values()
    matrices, colours = (ctypes.c_float * (6 * count))(), (ctypes.c_uint * (4 * count))()
    at = ctypes.addressof(matrices)
    _run(map(_matrix, repeat(handle), places, range(at, at + ctypes.sizeof(matrices), 24)))
    at = ctypes.addressof(colours)
    parts = (range(n, at + ctypes.sizeof(colours), 16) for n in range(at, at + 16, 4))
    coloured = list(map(_fill, owners, *parts)) if count else []
    floats, numbers = iter(matrices[:]), iter(colours[:])
    return map(
        Look,
        (matrix[:4] for matrix in zip(*[floats] * 6, strict=True)),
        map(_size, repeat(handle), places),
        map(_mode, owners),
        map(_font, owners),
        (colour if known else None for known, colour in zip(coloured, zip(*[numbers] * 4, strict=True), strict=True)),
    )


def objects(page: Any, most: int) -> list[int | None]:
    """What a page draws, in order, up to `most`."""
    count = min(pdfium.FPDFPage_CountObjects(page), most)
    return list(map(_drawn, repeat(address_of(page)), range(count)))


def kinds(drawn: Iterable[int | None]) -> list[int]:
    """The kinds of these objects."""
    return list(map(_kind, drawn))


def font_name(font: int | None) -> str:
    """The name that a font bears in the file."""
    if not font:
        return ""
    size = _name(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    _name(font, ctypes.addressof(buffer), size)
    return buffer.value.decode("utf-8", "replace")
