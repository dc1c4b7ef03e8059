"""All records of one database in another, whichever of the two kinds each is: how a backup of PostgreSQL becomes a file, and back."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, func, insert, select

from store import schema

_AT_ONCE = 5_000  # rows


def copy_records(source: Connection, target: Connection) -> None:
    """Every row of the schema's tables, into a database that has the tables and no documents; the vectors' state stays behind."""
    target.execute(delete(schema.meta))
    for table in schema.metadata.sorted_tables:
        if table is not schema.indexed:
            for rows in source.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings().partitions():
                target.execute(insert(table), [dict(row) for row in rows])
            _go_on_counting(table, target)


def _go_on_counting(table: Table, target: Connection) -> None:
    """PostgreSQL counts new rows' numbers apart from the rows: it is told where those that came with theirs end."""
    numbered = table.autoincrement_column
    if numbered is not None and target.dialect.name == "postgresql":
        last = select(func.coalesce(func.max(numbered), 0) + 1).scalar_subquery()
        target.execute(select(func.setval(func.pg_get_serial_sequence(table.name, numbered.name), last, False)))
