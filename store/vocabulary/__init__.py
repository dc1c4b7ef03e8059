"""The field's vocabulary as data: kinds of tables, measures, funds and periods, classes, and how rows name themselves.

Ingestion and retrieval both read it, so that a header's words and a question's words end in the same canonical terms.
Words are written as they are printed; they are compared after `store.text.bare`. Sources: DOMAIN.md, by section.
"""
