"""The mutation kit: small changes made to a clean labelled report, and whether the analyzer sees each of them.

`trials(files, gold)` changes one thing at a time in the files, analyses original and copy, and compares their findings.
"""

from analyzer.synthesis.mutations.changes import KINDS, Mutation
from analyzer.synthesis.mutations.trial import OUTCOMES, Trial, frame, summary, trials

__all__ = ["KINDS", "OUTCOMES", "Mutation", "Trial", "frame", "summary", "trials"]
