"""The spaCy pipeline: a blank Chinese tokenizer over jieba with the product's lexicon, and the components that read
figures, zeros, links and structure from the windows of one report."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import jieba
import spacy
from spacy.tokens import Doc

from analyzer.knowledge.language import Language

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline


def pipeline(language: Language) -> Pipeline:
    """A blank `zh` pipeline that segments with jieba; jieba's dictionary cache lies in a folder of this user only."""
    jieba.setLogLevel(60)
    jieba.dt.tmp_dir = str(_private_folder())
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    jieba.initialize()
    for word, frequency, tag in language.lexicon:
        jieba.add_word(word, frequency, tag)
    return nlp


def _private_folder() -> Path:
    """A cache folder that nobody else can write to, else a new one (the shared cache is loaded unchecked)."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        folder = base / "gongkai-analyzer"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
        own = not hasattr(os, "getuid") or state.st_uid == os.getuid()
        if own and not state.st_mode & 0o022 and os.access(folder, os.W_OK):
            return folder
    except (OSError, RuntimeError):
        pass
    return Path(tempfile.mkdtemp(prefix="gongkai-analyzer-"))


def borders(doc: Doc) -> set[int]:
    """Offsets at which a token of `doc` begins or ends."""
    starts = {token.idx for token in doc}
    return starts | {token.idx + len(token) for token in doc}
