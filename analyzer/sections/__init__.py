"""What a report says of itself (masthead), and its sections with their classes."""

from analyzer.sections.admission import is_report, refusal
from analyzer.sections.classes import classify
from analyzer.sections.imprint import masthead
from analyzer.sections.several import is_whole, other_titles
from analyzer.sections.tree import section_tree

__all__ = ["classify", "is_report", "is_whole", "masthead", "other_titles", "refusal", "section_tree"]
