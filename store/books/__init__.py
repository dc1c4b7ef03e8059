"""Checking the books: the accounting identities that disclosures obey, as data, and how each is tried on tables and prose.

    identities.py    DOMAIN.md §9 under its numbers, with balances.py (tables) and stated.py (prose)
    formulas.py      what an identity is; its shapes over tables in tableforms.py, over prose in proseforms.py
    sheets.py        tables opened for arithmetic; lookup.py finds there what an identity names, statements.py has what prose states
    checking.py      tries them all; sums.py, ratios.py, claims.py … say what each shape means on a document's figures

Pure: from a document's tables and passages to findings. Nothing here reads the database; `store.across` does, for the
identities between documents.
"""
