"""Which edition of the domain data an analysis used."""

from __future__ import annotations

import hashlib

from analyzer.knowledge.schema import SHIPPED, Source


def fingerprint(source: Source) -> str:
    """SHA-256 (hex) over the names and contents of all data files, overlaid ones in place of the shipped."""
    digest = hashlib.sha256()
    for name in sorted(path.name for path in SHIPPED.iterdir() if path.is_file()):
        content = source.path(name).read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
