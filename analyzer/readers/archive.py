"""A ZIP file where one report is wanted: the one in it."""

from __future__ import annotations

from analyzer import packed, readers
from analyzer.document import Document
from analyzer.errors import bare, several
from analyzer.knowledge.layout import Layout
from analyzer.readers.limits import Allowance

UNSEEN = (".", "~$", "__MACOSX")


def read(name: str, content: bytes, layout: Layout, allowance: Allowance) -> Document:
    """The document of the only report in an archive; raises `Unreadable` without any, and for several with names."""
    most = allowance.limits.megabytes * 2**20
    listed = packed.members(content, name=name, most=most) or ()
    seen = [member for member in listed if not any(step.startswith(UNSEEN) for step in member.names)]
    reports = [member for member in seen if readers.reads(member.names[-1])]
    if not reports:
        raise bare(name)
    if len(reports) > 1:
        raise several(name, ["/".join(member.names) for member in reports])
    only = reports[0]
    allowance.time()
    inner = packed.content(content, (only.at,), name=name, most=most)
    return readers.read([(only.names[-1], inner)], layout, allowance.limits)
