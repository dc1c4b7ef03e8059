"""A store as one file and back again, taken while others read and write.

    manifest.json    which program's format, when, and the hash of each database
    *.db             the databases of the store's folder, each as one moment shows it
    files/…          the originals that records.db names, each named by its own hash

Vectors are left out: they are made again from the passages. A backup is a snapshot: SQLite copies a database inside one
read transaction, which no writer waits for; the originals it names are held by links before anybody can sweep them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from store.database import Store
from store.errors import StoreBusy, StoreError, UsageError
from store.originals import sha256_of
from store.settings import settings

_RECORDS = "records.db"
_MANIFEST = "manifest.json"
_FORMAT = 1
_TRIES = 5  # snapshots until one finds all its originals: they leave only in the moment between the two
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds."""

    documents: int
    originals: int
    bytes: int  # of the file


def back_up(folder: Path, out: Path) -> Saved:
    """Writes the store in this folder to one file, which is there whole or not at all.

    StoreMissing where there is no store, UsageError where the file cannot be written, StoreBusy while another backup runs.
    """
    store = Store.open(folder)
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}: make it, or name another file with --out")
    partial = out.with_name(f"{out.name}.partial")
    try:
        with _alone(folder), TemporaryDirectory(prefix=".backup-", dir=folder) as staging:
            originals = _snapshot(store, Path(staging))
            _pack(Path(staging), partial)
            documents = len(_named_originals(Path(staging) / _RECORDS))
        partial.replace(out)
    except OSError as error:
        raise StoreError(f"The backup {out} could not be written ({error.strerror or error}): make room, or name another file") from error
    finally:
        partial.unlink(missing_ok=True)
        store.close()
    return Saved(documents, originals, out.stat().st_size)


def restore(backup: Path, folder: Path) -> Saved:
    """Makes a backup a store again, where none is; its vectors are made anew (`store.index.refresh`) by the caller.

    Everything is checked against its hash before anything is put in place, records last: into the folder, or where
    MINGZHANG_DATABASE says, wherever they came from. UsageError where there is a store already or the file is no backup,
    StoreTooNew where a newer program wrote it.
    """
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "writer.lock", timeout=0), TemporaryDirectory(prefix=".restore-", dir=folder) as staging:
            if (folder / _RECORDS).exists():
                raise UsageError(f"There is a store at {folder} already: name another folder with --store, or move that one away")
            _unpack(backup, Path(staging))
            with closing(Store.in_files(Path(staging))) as restored:  # refuses a newer format, and brings up an older one
                documents = len(restored.disclosures())
            place = _put_in_files if settings().database is None else _put_in_database
            originals = place(Path(staging), folder)
            made = False
    except Timeout as error:
        raise StoreBusy(f"Another process is writing to {folder}: name another folder with --store") from error
    except OSError as error:
        raise StoreError(
            f"{backup} could not be restored to {folder} ({error.strerror or error}): make room, or name another folder"
        ) from error
    finally:
        if made:
            shutil.rmtree(folder, ignore_errors=True)
    return Saved(documents, originals, backup.stat().st_size)


# Taking it


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One backup at a time; what one that was killed has left is swept."""
    try:
        with FileLock(folder / "backup.lock", timeout=0):
            for left in folder.glob(".backup-*"):
                shutil.rmtree(left)
            yield
    except Timeout as error:
        raise StoreBusy(f"Another backup of {folder} is being taken: try again when it is done") from error


def _snapshot(store: Store, staging: Path) -> int:
    """The databases and the originals of one moment; tells how many originals."""
    folder, served = store.folder, settings().database is not None
    for _ in range(_TRIES):
        for database in sorted(folder.glob("*.db")):
            if not (served and database.name == _RECORDS):  # of a time before the records went to the server
                _copy_database(database, staging / database.name)
        if served:
            _copy_served(store, staging)
        names = set(_named_originals(staging / _RECORDS))
        shutil.rmtree(staging / "files", ignore_errors=True)  # of the try before
        if all(_hold(folder / "files" / name, staging / "files" / name) for name in sorted(names)):
            return len(names)
    raise StoreError(f"Originals are missing in {folder / 'files'}: ingest the documents again")


def _copy_database(source: Path, target: Path) -> None:
    """Copies a database as one moment shows it. StoreError where it is damaged."""
    try:
        _copy_pages(source, target)
    except sqlite3.Error as error:
        advice = (
            "restore an earlier backup to another folder" if source.name == _RECORDS else "move that file away, the store does without it"
        )
        raise StoreError(f"{source} cannot be backed up ({error}): {advice}") from error


def _copy_pages(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, timeout=30)) as opened,
        closing(sqlite3.connect(target)) as copy,
    ):
        opened.backup(copy)  # all pages in one step: one transaction
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":  # pages are copied as they are: a damaged store would take the place of an older, good backup
            raise sqlite3.DatabaseError(" ".join(found.split()))
        if source.name == _RECORDS:
            copy.execute("DELETE FROM indexed")  # vectors stay behind
        copy.execute("PRAGMA journal_mode=DELETE")  # all in the one file
        copy.commit()


def _copy_served(store: Store, staging: Path) -> None:
    """The records of a database server as the file that they would be in a folder."""
    (staging / _RECORDS).unlink(missing_ok=True)  # of the try before
    with closing(Store.in_files(staging, create=True)) as copy:
        store.copy_into(copy)
    with closing(sqlite3.connect(staging / _RECORDS)) as file:
        file.execute("PRAGMA journal_mode=DELETE")  # all in the one file


def _named_originals(records: Path) -> list[str]:
    with closing(sqlite3.connect(records)) as opened:
        return [sha256 + suffix for sha256, suffix in opened.execute("SELECT sha256, suffix FROM documents")]


def _hold(original: Path, held: Path) -> bool:
    """Links an original, or copies it where links cannot be; False where it is gone."""
    held.parent.mkdir(exist_ok=True)
    try:
        os.link(original, held)
    except FileNotFoundError:
        return False
    except OSError:  # a file system without links
        with suppress(FileNotFoundError):
            shutil.copyfile(original, held)
    return held.exists()


def _pack(staging: Path, out: Path) -> None:
    """Databases are packed, originals (which are packed already) stored; the hashes of the first are in the manifest."""
    databases = {path.name: sha256_of(path) for path in sorted(staging.glob("*.db"))}
    manifest = {"format": _FORMAT, "taken": datetime.now(UTC).isoformat(timespec="seconds"), "databases": databases}
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        for name in databases:
            file.write(staging / name, name, zipfile.ZIP_DEFLATED)
        for original in sorted((staging / "files").glob("*")):
            file.write(original, f"files/{original.name}", zipfile.ZIP_STORED)


# Putting it back


def _unpack(backup: Path, staging: Path) -> None:
    """Writes out what the manifest names and the originals, each checked against its hash; nothing leaves the folder."""
    try:
        with zipfile.ZipFile(backup) as file:
            databases = _databases(file)
            for name, sha256 in databases.items():
                _extract(file, name, staging / name, sha256)
            for member in file.namelist():
                inside = PurePosixPath(member)
                if inside.parts[:1] == ("files",) and len(inside.parts) == 2:
                    _extract(file, member, staging / "files" / inside.name, inside.stem)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {backup}: name one that `python -m store backup` wrote") from error
    except (zipfile.BadZipFile, ValueError, KeyError, EOFError) as error:
        raise UsageError(f"{backup} is no whole backup ({error}): name one that `python -m store backup` wrote") from error


def _databases(file: zipfile.ZipFile) -> Mapping[str, str]:
    manifest = json.loads(file.read(_MANIFEST))
    if manifest["format"] != _FORMAT:
        raise ValueError(f"its format is {manifest['format']}, this program knows {_FORMAT}")
    databases: dict[str, str] = manifest["databases"]
    if _RECORDS not in databases or any(Path(name).name != name or not name.endswith(".db") for name in databases):
        raise ValueError("it names databases that are none of a store")
    return databases


def _extract(file: zipfile.ZipFile, member: str, target: Path, sha256: str) -> None:
    target.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with file.open(member) as source, target.open("wb") as written:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    if digest.hexdigest() != sha256:
        raise ValueError(f"{member} is not what was saved")


def _put_in_files(staging: Path, folder: Path) -> int:
    """Originals first, records last: until then the folder holds no store. Tells how many originals."""
    originals = _put_originals(staging, folder)
    for database in sorted(staging.glob("*.db"), key=lambda path: path.name == _RECORDS):
        database.replace(folder / database.name)
    return originals


def _put_in_database(staging: Path, folder: Path) -> int:
    """The same with the records in a database server, which holds none."""
    with closing(Store.open(folder, create=True)) as served, closing(Store.in_files(staging)) as restored, served.writing():
        if served.disclosures():
            raise UsageError("There are records in MINGZHANG_DATABASE already: name an empty database, or take its documents out first")
        originals = _put_originals(staging, folder)
        for database in staging.glob("*.db"):
            if database.name != _RECORDS:
                database.replace(folder / database.name)
        restored.copy_into(served)
    return originals


def _put_originals(staging: Path, folder: Path) -> int:
    (folder / "files").mkdir(exist_ok=True)
    originals = sorted((staging / "files").glob("*"))
    for original in originals:
        original.replace(folder / "files" / original.name)
    return len(originals)
