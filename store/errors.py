"""The error tree of the whole program.

MingzhangError
├── IngestError              a file could not be taken in; the others go on
│   ├── UnreadableFile       the file is broken, encrypted, empty or of an unknown format
│   │   └── Overrun          another program had it for too long, and may have it still
│   └── NotADisclosure       the file was read, but is no budget or final account
├── StoreError               the store cannot serve
│   ├── StoreMissing         nothing has been ingested yet
│   ├── StoreBusy            another process is writing
│   ├── StoreTooNew          written by a newer version of the program
│   ├── VectorsDamaged       the folder of vectors cannot be read; the records can
│   └── ReadingRefused       one document's reading is not what the database takes; others are
├── ServiceError             a model's endpoint or folder that the settings name does not serve
└── UsageError               the caller asked for something that does not exist
    └── WrongSetting         a setting has a value that it cannot have

Each message says what happened, to which file and page, and what to do next; it is shown to users as it stands.
"""

from __future__ import annotations

import click


class MingzhangError(Exception):
    """Base of all errors that the program raises on purpose."""


class IngestError(MingzhangError):
    """A file could not be taken in."""


class UnreadableFile(IngestError):
    """The file is broken, encrypted, empty or of a format that is not read."""


class Overrun(UnreadableFile):
    """Another program was given the file and took too long; it may go on, until the process that started it is ended."""


class NotADisclosure(IngestError):
    """The file was read but is no budget or final account."""


class StoreError(MingzhangError):
    """The store cannot serve."""


class StoreMissing(StoreError):
    """Nothing has been ingested into this store yet."""


class StoreBusy(StoreError):
    """Another process is writing to this store."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of the program."""


class ReadingRefused(StoreError):
    """The database refused the reading of one document; nothing of it was kept, and others go in."""


class VectorsDamaged(StoreError):
    """The folder of vectors cannot be read; it is made again from the passages."""


class ServiceError(MingzhangError):
    """A model's endpoint or folder that the settings name does not serve."""


class UsageError(MingzhangError):
    """The caller asked for something that does not exist."""


class WrongSetting(UsageError, click.UsageError):
    """A setting has a value that it cannot have. To every command this is wrong usage, wherever in it the settings are first read."""
