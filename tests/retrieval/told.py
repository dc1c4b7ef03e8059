"""What an answer tells, short enough to compare."""

from __future__ import annotations

from retrieval import Answer, Status


def figures(answer: Answer) -> list[tuple[str, str]]:
    """Each figure with its unit; [] where the answer has none."""
    return [(str(f.value), f.unit) for f in answer.figures]


def figure(answer: Answer) -> tuple[str, str]:
    """The first figure of an answer with its unit."""
    assert answer.status is Status.ANSWERED, answer.text
    return figures(answer)[0]


def labelled(answer: Answer) -> list[tuple[str, str]]:
    """Each figure of an answer with what it is of before it."""
    assert answer.status is Status.ANSWERED, answer.text
    return [(f.label, str(f.value)) for f in answer.figures]


def operands(answer: Answer) -> list[str]:
    """The figures that an answer was computed from."""
    assert answer.derivation is not None
    return [str(o.value) for o in answer.derivation.operands]
