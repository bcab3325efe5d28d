"""PDF files as awkward as real ones, and what is printed in each cell of their tables.

`make.py` writes them again (`python -m tests.awkward.make [name ...]`, needs LibreOffice and Chromium for some);
`expected/` says for each file what was given to the program that drew it, never what was read from it.
"""
