"""Watermarks of a PDF page (草案, 征求意见稿): words laid over its print, which would run into the figures of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.glyphs import Run

_OVER = 0.3  # of the lower run's height: how much of it another one must cover to lie over it
_LONGEST_NOTE = 20  # characters


def split_watermarks(runs: Sequence[Run]) -> tuple[list[Run], str]:
    """The runs without those that slant or, pale, lie over darker ones (all of such a style), and what those say."""
    slanting = {run.style for run in runs if run.style.slanting}
    pale = [run for run in runs if run.style.pale and not run.style.slanting]
    dark = [run for run in runs if not (run.style.pale or run.style.white or run.style.invisible or run.style.slanting)] if pale else []
    marks = slanting | {run.style for run in pale if any(_lies_over(run, other) for other in dark)}
    kept = [run for run in runs if run.style not in marks]
    said = "".join(dict.fromkeys(run.text for run in runs if run.style in marks))
    if not said or len(said) > sum(len(run.text) for run in kept):  # a page that slants itself
        return list(runs), ""
    return kept, said[:_LONGEST_NOTE]


def _lies_over(run: Run, other: Run) -> bool:
    tall = min(run.bottom, other.bottom) - max(run.top, other.top)
    lower = min(run.bottom - run.top, other.bottom - other.top)
    return tall > _OVER * lower and min(run.x1, other.x1) - max(run.x0, other.x0) > 1.0
