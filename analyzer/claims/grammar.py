"""All compiled expressions of a `Language`, made once a process."""

from __future__ import annotations

from analyzer.claims.certainty import Certainty
from analyzer.claims.components import ClaimFilter
from analyzer.claims.context import Cues
from analyzer.claims.items import ItemGrammar
from analyzer.claims.linking import Linker
from analyzer.claims.outcomes import OutcomeGrammar
from analyzer.claims.passages import Folding
from analyzer.claims.quantities import QuantityGrammar
from analyzer.claims.rows import RowGrammar
from analyzer.claims.settling import SettleGrammar
from analyzer.claims.structure import SplitGrammar
from analyzer.claims.zeros import ZeroGrammar
from analyzer.knowledge.forms import Forms
from analyzer.knowledge.language import Language


class Grammar:
    """Language and forms with everything compiled from them."""

    def __init__(self, language: Language, forms: Forms) -> None:
        words = dict(language.words)
        self.language = language
        self.forms = forms
        self.cues = Cues.of(language)
        self.quantities = QuantityGrammar(language)
        self.linker = Linker(language)
        self.certainty = Certainty(language, self.linker)
        self.zeros = ZeroGrammar(language)
        self.splits = SplitGrammar(language)
        self.settling = SettleGrammar(language)
        self.outcomes = OutcomeGrammar(language)
        self.rows = RowGrammar(words)
        self.items = ItemGrammar(language)
        self.filter = ClaimFilter(words)
        self.folding = Folding.of(language.traditional, words["wanted"])
        self.lone_zero = self.folding._replace(wanted=self.zeros.section)
        self.recount = (words["recount_total"], words["recount_sum"])
