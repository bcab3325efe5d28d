"""A small writer of PDF files: text wherever it is wanted, in any order, seen or not; lines, rectangles, pictures.

Lengths are points from the upper left corner; `Paper.save` turns them over.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONT = Path(__file__).resolve().parents[2] / "analyzer" / "data" / "fonts" / "GongkaiSansSC-Regular.otf"
ASCII_SCALE = 90
"""Per cent by which ASCII is set narrower, so that its characters are half as wide as hanzi."""
SHOWN, UNSEEN = 0, 3


@dataclass
class Sheet:
    """One page. `turn` is its /Rotate; `origin` moves its corner."""

    width: float = 595.0
    height: float = 842.0
    turn: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    ops: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    pictures: dict[str, tuple[bytes, int, int]] = field(default_factory=dict)

    def text(
        self,
        x: float,
        y: float,
        said: str,
        size: float,
        *,
        mode: int = SHOWN,
        apart: float = 0.0,
        color: str = "0 g",
        upwards: bool = False,
    ) -> None:
        """A line of text that stands on `y`; `apart` is set between its characters, `upwards` turns it."""
        self.used |= set(said)
        parts = [f"BT {color} {mode} Tr /F {size:g} Tf {apart:g} Tc"]
        for ascii_run, group in groupby(said, str.isascii):
            run = "".join(group)
            left, down = self._point(x, y)
            turned = "0 1 -1 0" if upwards else "1 0 0 1"
            coded = "".join(f"@{ord(character):06x}" for character in run)
            parts.append(f"{ASCII_SCALE if ascii_run else 100} Tz {turned} {left:.2f} {down:.2f} Tm <{coded}> Tj")
            ahead = sum((size / 2 if c.isascii() else size) + apart for c in run)
            x, y = (x, y - ahead) if upwards else (x + ahead, y)
        self.ops.append(" ".join([*parts, "ET"]))

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: str = "") -> None:
        (a, b), (c, d) = self._point(x0, y0), self._point(x1, y1)
        self.ops.append(f"q {width:g} w {dash} 0 G {a:.2f} {b:.2f} m {c:.2f} {d:.2f} l S Q")

    def box(self, x: float, y: float, wide: float, high: float, *, fill: str = "", width: float = 0.5) -> None:
        """A rectangle, stroked or, with `fill` (a colour), filled."""
        a, b = self._point(x, y + high)
        paint = f"{fill} {a:.2f} {b:.2f} {wide:.2f} {high:.2f} re f"
        stroke = f"{width:g} w 0 G {a:.2f} {b:.2f} {wide:.2f} {high:.2f} re S"
        self.ops.append(f"q {paint if fill else stroke} Q")

    def picture(self, jpeg: bytes, size: tuple[int, int], place: tuple[float, float, float, float]) -> None:
        """A grey JPEG of `size` pixels at x, y, width, height."""
        name = f"I{len(self.pictures)}"
        self.pictures[name] = (jpeg, *size)
        x, y, wide, high = place
        a, b = self._point(x, y + high)
        self.ops.append(f"q {wide:.2f} 0 0 {high:.2f} {a:.2f} {b:.2f} cm /{name} Do Q")

    def raw(self, ops: str) -> None:
        self.ops.append(ops)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return x + self.origin[0], self.height - y + self.origin[1]


@dataclass
class Paper:
    """A file of sheets; `said` gives other Unicode for characters (what a careless printer driver writes)."""

    sheets: list[Sheet] = field(default_factory=list)
    said: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    def sheet(self, width: float = 595.0, height: float = 842.0, turn: int = 0) -> Sheet:
        """A further page."""
        self.sheets.append(Sheet(width, height, turn))
        return self.sheets[-1]

    def save(self) -> bytes:
        """The file; the same sheets give the same bytes."""
        font = _Font("".join(sorted(set().union(*(sheet.used for sheet in self.sheets)))), self.said)
        bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        bodies += list(font.objects(3))
        kids = []
        for sheet in self.sheets:
            names = []
            for name, (jpeg, wide, high) in sheet.pictures.items():
                head = (
                    f"<< /Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceGray "
                    f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>"
                )
                bodies.append(head.encode() + b"\nstream\n" + jpeg + b"\nendstream")
                names.append(f"/{name} {len(bodies)} 0 R")
            stream = zlib.compress(font.coded("\n".join(sheet.ops)).encode(), 9)
            bodies.append(
                f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream"
            )
            x, y = sheet.origin
            kids.append(len(bodies) + 1)
            bodies.append(
                (
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [{x:g} {y:g} {x + sheet.width:g} {y + sheet.height:g}] "
                    f"/Rotate {sheet.turn} /Contents {len(bodies)} 0 R "
                    f"/Resources << /Font << /F 3 0 R >> /XObject << {' '.join(names)} >> >> >>"
                ).encode()
            )
        listed = " ".join(f"{kid} 0 R" for kid in kids)
        bodies[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
        return _bound(bodies)


def font_of(used: str) -> tuple[bytes, TTFont]:
    """The project's font with the characters of a text and no others."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    options.recalc_timestamp = False
    font = TTFont(FONT, recalcTimestamp=False)
    cut = subset.Subsetter(options)
    cut.populate(text="".join(sorted(set(used))))
    cut.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue(), font


class _Font:
    """The characters used, as an embedded font with its table of Unicode."""

    def __init__(self, used: str, said: Mapping[str, str]) -> None:
        self.program, font = font_of(used)
        glyphs = font.getBestCmap()
        self.ids = {chr(code): font.getGlyphID(name) for code, name in glyphs.items()}
        metrics, scale = font["hmtx"], 1000 / font["head"].unitsPerEm
        self.widths = {chr(code): round(metrics[name][0] * scale) for code, name in glyphs.items()}
        self.widths[" "] = self.widths.get("0", 500)
        self.said = said

    def coded(self, ops: str) -> str:
        """The operators with the numbers of glyphs for characters."""
        parts = ops.split("@")
        return parts[0] + "".join(f"{self.ids[chr(int(part[:6], 16))]:04x}{part[6:]}" for part in parts[1:])

    def objects(self, first: int) -> Iterator[bytes]:
        widths = " ".join(f"{number} [{self.widths[c]}]" for c, number in sorted(self.ids.items(), key=lambda p: p[1]))
        yield (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /GongkaiSansSC /Encoding /Identity-H "
            f"/DescendantFonts [{first + 1} 0 R] /ToUnicode {first + 3} 0 R >>"
        ).encode()
        yield (
            f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /GongkaiSansSC /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {first + 2} 0 R /DW 1000 /W [{widths}] >>"
        ).encode()
        yield (
            f"<< /Type /FontDescriptor /FontName /GongkaiSansSC /Flags 4 /FontBBox [-200 -300 1200 1000] "
            f"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 733 /StemV 80 /FontFile3 {first + 4} 0 R >>"
        ).encode()
        chars = "\n".join(
            f"<{number:04x}> <{self.said.get(c, c).encode('utf-16-be').hex()}>"
            for c, number in sorted(self.ids.items(), key=lambda pair: pair[1])
        )
        blocks = chars.split("\n")
        ranges = "".join(
            f"{len(blocks[at : at + 100])} beginbfchar\n" + "\n".join(blocks[at : at + 100]) + "\nendbfchar\n"
            for at in range(0, len(blocks), 100)
        )
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{ranges}endcmap end end"
        )
        yield _stream("", cmap.encode())
        yield _stream("/Subtype /OpenType ", self.program)


def _stream(more: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< {more}/Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _bound(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
