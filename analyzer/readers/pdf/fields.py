"""What is filled into the fields of a form, or typed on a page as a remark: readers see it, so it is text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

UNTOLD = frozenset({pdfium.FPDF_FORMFIELD_SIGNATURE, pdfium.FPDF_FORMFIELD_PUSHBUTTON})
"""Fields without a value of the report's: seals, and buttons."""


def settle(page: Any, forms: Any) -> bool:
    """Draws fields and typed remarks into a loaded page, which is to be loaded again then; False where it has none.

    Stamps, links and notes in the margin are no text of the report and are dropped from a page that is drawn anew.
    """
    count = pdfium.FPDFPage_GetAnnotCount(page)
    told = [_tells(page, place, forms) for place in range(count)]
    if not any(told):
        return False
    for place in reversed(range(count)):
        if not told[place]:
            pdfium.FPDFPage_RemoveAnnot(page, place)
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


def _tells(page: Any, place: int, forms: Any) -> bool:
    """Whether what is attached to a page there says something of the report."""
    with _annotation(page, place) as found:
        kind = pdfium.FPDFAnnot_GetSubtype(found) if found else pdfium.FPDF_ANNOT_UNKNOWN
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            return forms is None or pdfium.FPDFAnnot_GetFormFieldType(forms, found) not in UNTOLD
        return bool(kind == pdfium.FPDF_ANNOT_FREETEXT)


@contextmanager
def _annotation(page: Any, place: int) -> Iterator[Any]:
    found = pdfium.FPDFPage_GetAnnot(page, place)
    try:
        yield found
    finally:
        if found:
            pdfium.FPDFPage_CloseAnnot(found)
