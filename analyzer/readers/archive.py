"""A ZIP file where one report is wanted: the one in it."""

from __future__ import annotations

from analyzer import packed, readers
from analyzer.document import Document
from analyzer.knowledge.layout import Layout
from analyzer.readers.encoding import Unreadable
from analyzer.readers.limits import Allowance

NAMED = 5
UNSEEN = (".", "~$", "__MACOSX")


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of the only report in an archive; raises `Unreadable` without any, and for several with names."""
    most = allowance.limits.megabytes * 2**20
    listed = packed.members(content, name=name, most=most) or ()
    seen = [member for member in listed if not any(step.startswith(UNSEEN) for step in member.names)]
    reports = [member for member in seen if readers.reads(member.names[-1])]
    if not reports:
        raise Unreadable("nothing", name, "an archive without any report")
    if len(reports) > 1:
        names = "; ".join("/".join(member.names) for member in reports[:NAMED])
        names += " …" if len(reports) > NAMED else ""
        count = str(len(reports))
        raise Unreadable("several", name, f"it holds {count} reports; name one: {names}", count=count, names=names)
    only = reports[0]
    allowance.time()
    inner = packed.content(content, (only.at,), name=name, most=most)
    return readers.read([(only.names[-1], inner)], layout, allowance.limits)
