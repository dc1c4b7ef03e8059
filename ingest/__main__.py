"""python -m ingest PATH… [--workers N | --cluster ADDRESS] [--plain] [--json] [--store DIR]   takes disclosures into the store
python -m ingest --remove DOCUMENT… [--store DIR]                        takes them out again (CONTRACT.md)
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ingest.files import find_files, on_one_line
from ingest.pipeline import FAILED, FileReport, ingest_paths, remove_documents, report_to_json
from ingest.reading import Reader, read_any, read_file
from store.errors import MingzhangError
from store.settings import settings
from store.stages import print_stage, unheard


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when all went well, 1 when some input failed, 2 for wrong usage."""
    asked = _parser().parse_args(arguments)
    try:
        folder = asked.store or settings().store
        return (
            _remove(asked.paths, folder)
            if asked.remove
            else _ingest([Path(path) for path in asked.paths], folder, asked, read_any if asked.plain else read_file)
        )
    except MingzhangError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest", description="Takes budget and final-account disclosures into the store.")
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files and folders (PDF, DOCX, XLSX, HTML); with --remove, names of documents"
    )
    parser.add_argument("--remove", action="store_true", help="take these documents out of the store, records and vectors too")
    parser.add_argument("--workers", type=int, default=max(1, os.cpu_count() or 1), help="processes that read files (default: one a core)")
    parser.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="Dask scheduler whose workers read the files instead (docs/scale.md)"
    )
    parser.add_argument("--plain", action="store_true", help="take files that are no disclosures in as plain text, apart from disclosures")
    parser.add_argument("--json", action="store_true", help="print one object a file")
    parser.add_argument("--stages", action="store_true", help="tell each stage of reading on standard error, as JSON")
    parser.add_argument("--store", type=Path, help="folder of the store (default: MINGZHANG_STORE, else var/store)")
    return parser


def _ingest(paths: Sequence[Path], folder: Path, asked: argparse.Namespace, reader: Reader) -> int:
    from tqdm import tqdm

    reports: list[FileReport] = []
    with tqdm(total=len(find_files(paths)), unit="份", desc="收录", file=sys.stderr, disable=asked.stages or None) as bar:

        def show(report: FileReport) -> None:
            reports.append(report)
            bar.set_postfix_str(on_one_line(report.document[:24]))
            bar.update()

        listener = print_stage if asked.stages else unheard
        try:
            reports[:] = ingest_paths(paths, folder, asked.workers, show, reader, asked.cluster, listener)
        finally:  # where the store serves no longer, what it has taken until then
            bar.close()
            _print(reports, as_json=asked.json)
    return int(any(report.status == FAILED for report in reports))


def _print(reports: Sequence[FileReport], *, as_json: bool) -> None:
    for report in reports:
        if as_json:
            print(json.dumps(report_to_json(report), ensure_ascii=False))
        elif report.status != FAILED:
            counts = f"{report.pages} 页  {report.tables} 张表  {report.records} 条记录  {report.chunks} 段"
            print(f"{report.status:<10}{on_one_line(report.document)}  {counts}")
        if report.status == FAILED:
            print(f"failed: {report.document}: {report.error}", file=sys.stderr)


def _remove(documents: Sequence[str], folder: Path) -> int:
    failures = remove_documents(documents, folder)
    for document, why in failures:
        print(f"failed: {document}: {why}", file=sys.stderr)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
