"""Small PDF files set by hand, operator by operator, for the tests of the reader. Latin letters only: no font is embedded."""

from __future__ import annotations

from pathlib import Path

HELVETICA = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def write_pdf(path: Path, *contents: str, extra: str = "", font: str = HELVETICA) -> Path:
    """A PDF with one page of 595 × 842 points for each content stream.

    `extra` goes into each page's dictionary (/Rotate 90, /CropBox …); `font` is the dictionary of the only font, /F.
    """
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(contents)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>",
        font,
    ]
    for i, content in enumerate(contents):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{extra}/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * i} 0 R>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream\n",
        ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>startxref\n{len(body)}\n%%EOF"
    path.write_bytes(f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}{trailer}".encode("latin-1"))
    return path


def text(words: str, x: float, y: float, size: float = 10, before: str = "") -> str:
    """Words at a place counted from the page's bottom left; `before` are operators such as `3 Tr` or `1 g`."""
    return f"q BT {before} /F {size} Tf {x} {y} Td ({words}) Tj ET Q\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def ruled(xs: list[float], ys: list[float]) -> str:
    """All rules of a table with these grid lines."""
    return "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(line(x, ys[0], x, ys[-1]) for x in xs)
