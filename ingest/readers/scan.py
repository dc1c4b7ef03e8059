"""Reads scanned pages: the page's picture becomes words (RapidOCR) and rules (long dark lines), as a text page has them.

picture → upright and level → rules → found lines of text, cut where a rule crosses them → recognised → words. Pages that
have text are passed on as they are; the models are loaded at the first one that has none.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2

from ingest.pages import Page, Rule, Word, is_wide
from store.model import Box
from store.text import clean

Picture = npt.NDArray[np.uint8]  # grey, height × width

DPI = 150
_SCALE = DPI / 72  # pixels a point
_LARGEST = 842.0 * 1191.0  # square points, A3: a larger page is a picture at a point a pixel, and read from a smaller one
_LEAST_SCORE = 0.5  # below it what was recognised is no text
_LEAST_SKEW = 0.05  # degrees
_CLEARER = 1.02  # an angle must make the rows this much more distinct than none
_RULE = 12.0  # points: a shorter line is a stroke of a character
_THICK = 4.0  # points: a thicker bar is no rule
_FRAME = 45.0  # points: lines that touch and together reach no further are a character's
_DOT = 8  # pixels: what is smaller either way is a speck
_CONFUSED = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "", "，": ",", "．": ".", "。": ".", "·": ".", "：": ":", " ": ""}
)
_FIGURE = re.compile(r"[-—]?[\dOoQlI|][\dOoQlI|,，.．。· ]*[%％]?")
_GROUPED = re.compile(r"(-?\d{1,3}(?:[.,]\d{3})*)[.,](\d{2})")
_PAGE_NUMBER = re.compile(r"[-—–一]\s*(\d{1,3})\s*[-—–一]")
_NARROW_MARK = re.compile(r"(?<=[一-龥）”])[,:;!?]|(?<=[一-龥）”])[()]|[()](?=[一-龥])")
_ROUND_ZERO = re.compile(r"(?<=[一-龥])(?<![一二三四五六七八九十百])[〇○O](?=(?:千|万|百万|亿)?元)")
_WIDE_MARKS = str.maketrans(",:;!?()", "，：；！？（）")
_HALF_INKED = "，。；：！？、（）“”《》"  # full-width marks whose ink fills half of their square
_SAME_SIZE = 0.12
_LEAST_TURNED = 6  # words
_INSIDE = 0.6  # of a piece's area: this much of it within another is no piece of its own
_ONE_LINE = 0.7  # of the taller piece's height: pieces that share as much stand on one line
_DARK = 128  # of 255
_WHITE = 225  # of 255: what is as light as this is white paper
_ROOM = 32  # pixels around what is printed
_LEAST_SIDE = 736  # pixels: RapidOCR's limit_side_len, to which it enlarges the shorter side


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of a line of text on the levelled picture, in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def read_scan(path: Path, page: Page) -> Page:
    """A page of a PDF that has no text, read from its picture: `Page.source` is "ocr", or stays "unread" with the reason."""
    try:
        _engine()
    except ImportError as error:
        advice = "OCR 需要 Python 3.11 或 3.12；Debian 上还要安装 libgl1 和 libglib2.0-0，然后重新导入"
        return replace(page, note=f"没有文字，OCR 也不可用（{error}）：{advice}")
    smaller = min(1.0, (_LARGEST / max(page.width * page.height, 1.0)) ** 0.5)
    try:
        picture = render(path, page.number, smaller)
    except pypdfium2.PdfiumError:
        return replace(page, note="页面已损坏，显示不出来")
    return _enlarged(picture_to_page(picture, page), 1 / smaller)


def render(path: Path, number: int, smaller: float = 1.0) -> Picture:
    """A page as shown, grey, at `DPI`, or a part of that. PdfiumError where it is broken."""
    document = pypdfium2.PdfDocument(path)
    try:
        image = document[number - 1].render(scale=_SCALE * smaller, grayscale=True).to_numpy()
        return np.ascontiguousarray(image[:, :, 0] if image.ndim == 3 else image)
    finally:
        document.close()


def _enlarged(page: Page, times: float) -> Page:
    """A page whose words and rules were read from a smaller picture, in the page's own points."""
    if times == 1:
        return page
    words = (replace(word, box=_times(word.box, times), size=word.size * times) for word in page.words)
    return replace(page, words=tuple(words), rules=tuple(Rule(_times(rule.box, times)) for rule in page.rules))


def _times(box: Box, times: float) -> Box:
    return Box(box.x0 * times, box.top * times, box.x1 * times, box.bottom * times)


def picture_to_page(picture: Picture, page: Page) -> Page:
    """The page with the words and rules that its picture shows; one that lies on its side is set upright."""
    level = deskew(picture)
    rules, words = _read(level)
    turned = _upright(level) if _lies_on_side(words) else None
    if turned is not None:
        page = replace(page, width=page.height, height=page.width, note="扫描页横放，已转正")
        rules, words = _read(turned)
    if not words:
        return replace(page, note="图像页，没有识别出文字") if rules else replace(page, source="blank", note="")
    note = page.note if turned is not None else ""
    return replace(page, words=even_sizes(words), rules=tuple(map(_to_points, rules)), source="ocr", note=note)


def _read(picture: Picture) -> tuple[tuple[Rule, ...], tuple[Word, ...]]:
    """The rules (in pixels) and words (in points) of a level picture."""
    rules = find_rules(picture)
    clear = without_rules(picture, rules)
    return rules, tuple(recognise(clear, find_text(clear, rules)))


def _lies_on_side(words: Sequence[Word]) -> bool:
    return len(words) >= _LEAST_TURNED and 2 * sum(w.box.bottom - w.box.top > 1.5 * (w.box.x1 - w.box.x0) for w in words) > len(words)


def _upright(picture: Picture) -> Picture:
    """The picture turned by a quarter, to the side on which more is recognised with confidence."""
    turned = [np.ascontiguousarray(np.rot90(picture, quarter)) for quarter in (1, 3)]
    return max(turned, key=lambda side: sum(w.confidence * len(w.text) for w in recognise(side, find_text(side, ())[:_LEAST_TURNED])))


def _to_points(rule: Rule) -> Rule:
    b = rule.box
    return Rule(Box(b.x0 / _SCALE, b.top / _SCALE, b.x1 / _SCALE, b.bottom / _SCALE))


# Picture ------------------------------------------------------------------------------------------------------------


def deskew(picture: Picture) -> Picture:
    """The picture turned so that its lines are level; as it is where it already is, or no angle stands out."""
    import cv2

    angle = skew(picture)
    if abs(angle) < _LEAST_SKEW:
        return picture
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def skew(picture: Picture) -> float:
    """By how many degrees the picture's lines fall to the right: the angle at which its rows of pixels differ most."""
    import cv2

    small = cv2.resize(_ink(picture), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = small.shape

    def contrast(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-3.0, 3.01, 0.25), key=contrast)
    best = max(np.arange(best - 0.25, best + 0.251, 0.05), key=contrast)
    return float(best) if contrast(best) > _CLEARER * contrast(0.0) else 0.0


def _ink(picture: Picture) -> Picture:
    """Where the picture is dark: 255 on 0."""
    import cv2

    _, dark = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return np.asarray(dark, dtype=np.uint8)


def find_rules(picture: Picture) -> tuple[Rule, ...]:
    """The ruled lines of a level picture, in pixels: what openings with long thin brushes leave, in frames of some size."""
    import cv2

    dark, length = _ink(picture), round(_RULE * _SCALE)
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1)))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, length)))
    touching = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    _, frames, sizes, _ = cv2.connectedComponentsWithStats(touching, connectivity=8)
    large = np.maximum(sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT]) > _FRAME * _SCALE
    rules = []
    for lines, upright in ((across, False), (down, True)):
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, width, height, _ in stats[1:].tolist():
            long, thick = (height, width) if upright else (width, height)
            if thick <= _THICK * _SCALE and long > 4 * thick and large[frames[y + height // 2, x + width // 2]]:
                rules.append(Rule(Box(x, y, x + width, y + height)))
    return tuple(rules)


# Text ---------------------------------------------------------------------------------------------------------------


@cache
def _engine() -> Any:
    """RapidOCR with its own models. ImportError where OpenCV lacks a library of the system."""
    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    from rapidocr_onnxruntime import RapidOCR

    threads = 1 if parent_process() else -1  # each worker has a core of its own, one process alone takes them all
    return RapidOCR(use_cls=False, intra_op_num_threads=threads)  # the angle classifier turns 09 into 60 (FINDINGS)


def find_text(picture: Picture, rules: Sequence[Rule]) -> tuple[Found, ...]:
    """The lines of text of a level picture without its rules, cut where a vertical rule crosses them."""
    part = printed_part(picture)  # finding takes most of a page's time, and the more the larger the picture
    boxes, _ = _engine().text_det(_colour(picture[part]))
    top, left = (side.start for side in part)
    walls = sorted((r.box for r in rules if r.box.bottom - r.box.top > r.box.x1 - r.box.x0), key=lambda b: b.x0)
    found: list[Found] = []
    dark = _ink(picture)
    for corners in () if boxes is None else boxes:
        xs, ys = corners[:, 0] + left, corners[:, 1] + top
        whole = Found(max(0, int(xs.min())), max(0, int(ys.min())), int(np.ceil(xs.max())), int(np.ceil(ys.max())))
        found += (with_whole_letters(dark, piece) for piece in _cut(whole, walls))
    return (*joined(without_parts(found), walls), *_overlooked(picture, found))


def printed_part(picture: Picture) -> tuple[slice, slice]:
    """The picture without its white margins, as slices of rows and columns; all of it where the paper is grey.

    No side is shorter than the finder's models want: they would be shown a larger picture, not a smaller one.
    """
    marked = picture < _WHITE
    return _reach(marked, across=1), _reach(marked, across=0)


def _reach(marked: npt.NDArray[np.bool_], across: int) -> slice:
    """From the first to the last line of marks, with some room, and as long as the finder wants where there is so much."""
    lines = np.asarray(marked.any(axis=across))
    places = np.flatnonzero(lines)
    if not len(places):
        return slice(0, len(lines))
    first, last = max(0, int(places[0]) - _ROOM), min(len(lines), int(places[-1]) + 1 + _ROOM)
    first = max(0, min(first, last - _LEAST_SIDE))
    return slice(first, min(len(lines), max(last, first + _LEAST_SIDE)))


def _cut(whole: Found, walls: Sequence[Box]) -> Iterator[Found]:
    middle = (whole.y0 + whole.y1) / 2
    crossing = [w for w in walls if whole.x0 + 2 < w.x0 < whole.x1 - 2 and w.top < middle < w.bottom]
    edges = [whole.x0, *(round((w.x0 + w.x1) / 2) for w in crossing), whole.x1]
    return (Found(x0, whole.y0, x1, whole.y1) for x0, x1 in pairwise(edges) if x1 - x0 > 3)


def with_whole_letters(dark: Picture, piece: Found) -> Found:
    """The piece with its first and last letter whole: what is left of one would be read as another."""
    inked = dark[piece.y0 : piece.y1].max(axis=0)
    reach = (piece.y1 - piece.y0) // 2
    x0, x1 = piece.x0, piece.x1
    while x0 > max(0, piece.x0 - reach) and inked[x0 - 1] and inked[x0]:
        x0 -= 1
    while x1 < min(len(inked), piece.x1 + reach) and inked[x1 - 1] and inked[x1]:
        x1 += 1
    return replace(piece, x0=x0, x1=x1)


def without_parts(found: Sequence[Found]) -> list[Found]:
    """The pieces without those that lie in another one: a letter found again would be read twice."""
    return [piece for piece in found if not any(_holds(other, piece) for other in found if other is not piece)]


def joined(found: Sequence[Found], walls: Sequence[Box]) -> list[Found]:
    """The pieces with those of one line that share a letter made one: found apart, 92.3 and 38 of 92.38 have the 3 twice."""
    whole: list[Found] = []
    for piece in sorted(found, key=lambda f: f.x0):
        left = next((other for other in whole if _shares_letter(other, piece, walls)), None)
        if left is None:
            whole.append(piece)
        else:
            whole[whole.index(left)] = Found(left.x0, min(left.y0, piece.y0), max(left.x1, piece.x1), max(left.y1, piece.y1))
    return whole


def _shares_letter(left: Found, right: Found, walls: Sequence[Box]) -> bool:
    tall = min(left.y1, right.y1) - max(left.y0, right.y0)
    if right.x0 >= left.x1 or tall < _ONE_LINE * max(left.y1 - left.y0, right.y1 - right.y0):
        return False
    middle = (max(left.y0, right.y0) + min(left.y1, right.y1)) / 2
    return not any(right.x0 - 2 <= w.x0 <= left.x1 + 2 and w.top < middle < w.bottom for w in walls)


def _holds(piece: Found, part: Found) -> bool:
    wide, tall = min(piece.x1, part.x1) - max(piece.x0, part.x0), min(piece.y1, part.y1) - max(piece.y0, part.y0)
    size, whole = (part.x1 - part.x0) * (part.y1 - part.y0), (piece.x1 - piece.x0) * (piece.y1 - piece.y0)
    return wide > 0 and tall > 0 and size < whole and wide * tall > _INSIDE * size


def _overlooked(picture: Picture, found: Sequence[Found]) -> Iterator[Found]:
    """Ink that no found line holds and that is large enough for a character: single digits and dashes, above all."""
    import cv2

    rest = _ink(picture)
    for piece in found:
        rest[piece.y0 : piece.y1, piece.x0 : piece.x1] = 0
    joined = cv2.dilate(rest, np.ones((3, _DOT), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = picture.shape
    for x, y, wide, tall, _ in stats[1:].tolist():
        if tall - 2 >= _DOT and wide - _DOT >= 2 and tall < 60 and wide < 400 and 5 < x < width - wide - 5 and 5 < y < height - tall - 5:
            yield Found(max(0, x - 2), max(0, y - 4), min(width, x + wide + 2), min(height, y + tall + 4))


def without_rules(picture: Picture, rules: Sequence[Rule]) -> Picture:
    """The picture with its rules painted over."""
    clear = picture.copy()
    for rule in rules:
        b = rule.box
        clear[max(0, int(b.top) - 1) : int(b.bottom) + 1, max(0, int(b.x0) - 1) : int(b.x1) + 1] = 255
    return clear


def _colour(picture: Picture) -> Picture:
    return np.repeat(picture[:, :, None], 3, axis=2)


def recognise(picture: Picture, found: Sequence[Found]) -> Iterator[Word]:
    """The words that the pieces say, each with its confidence, in points."""
    if not found:
        return
    texts, _ = _engine().text_rec([_colour(picture[f.y0 : f.y1, f.x0 : f.x1]) for f in found])
    for piece, (text, score) in zip(found, texts, strict=True):
        plain = mend_figure(mend_marks(clean(text)))
        if plain and score >= _LEAST_SCORE:
            yield _word(plain, _tightened(picture, piece), float(score))


def _tightened(picture: Picture, piece: Found) -> Found:
    """The piece cut to its ink."""
    ys, xs = np.nonzero(picture[piece.y0 : piece.y1, piece.x0 : piece.x1] < _DARK)
    if len(xs) == 0:
        return piece
    return Found(piece.x0 + int(xs.min()), piece.y0 + int(ys.min()), piece.x0 + int(xs.max()) + 1, piece.y0 + int(ys.max()) + 1)


def _word(text: str, piece: Found, score: float) -> Word:
    """The piece as a word. Its size is told by its width, as a printed line's: Chinese characters are square, others half."""
    x0, x1 = piece.x0 / _SCALE, piece.x1 / _SCALE
    tall = (piece.y1 - piece.y0) / _SCALE
    if tall > 1.5 * (x1 - x0) and len(text) > 1:  # runs down the page
        return Word(text, Box(x0, piece.y0 / _SCALE, x1, piece.y1 / _SCALE), x1 - x0, confidence=score)
    units = sum(1.0 if is_wide(char) else 0.5 for char in text)
    units -= 0.5 * ((text[0] in _HALF_INKED) + (text[-1] in _HALF_INKED))
    size = min(max((x1 - x0) / max(units, 0.5), 0.8 * tall), 1.5 * tall)
    middle = (piece.y0 + piece.y1) / 2 / _SCALE
    return Word(text, Box(x0, middle - size / 2, x1, middle + size / 2), size, confidence=score)


def even_sizes(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with sizes that are nearly the same made the same, that of the longest: a page is set in a few sizes."""
    known: list[float] = []
    sizes: dict[int, float] = {}
    for word in sorted(words, key=lambda w: -len(w.text)):
        size = next((k for k in known if abs(k - word.size) < _SAME_SIZE * k), 0.0)
        if not size:
            size = word.size
            known.append(size)
        sizes[id(word)] = size
    return tuple(replace(word, size=sizes[id(word)]) for word in words)


def mend_marks(text: str) -> str:
    """Marks behind Chinese characters in full width, as they are set: 51.3万元,主要 → 51.3万元，主要; — 3 一 → — 3 —; 收入〇万元 → 收入0万元."""
    if found := _PAGE_NUMBER.fullmatch(text):
        return f"— {found.group(1)} —"
    return _NARROW_MARK.sub(lambda found: found.group().translate(_WIDE_MARKS), _ROUND_ZERO.sub("0", text))


def mend_figure(text: str) -> str:
    """A figure with the signs that are taken for others put right: 1.234，5O → 1,234.50. Other text as it is."""
    if not _FIGURE.fullmatch(text) or not any(char.isdigit() for char in text):
        return text
    plain = text.translate(_CONFUSED)
    grouped = _GROUPED.fullmatch(plain)
    return f"{grouped.group(1).replace('.', ',')}.{grouped.group(2)}" if grouped else plain
