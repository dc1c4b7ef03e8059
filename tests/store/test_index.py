"""The index of passages: it follows the store, mends itself, and asks nobody for anything."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import index, search, vectors
from store.database import Store
from store.embedding import DIMENSIONS, cosines, embed, index_name, note
from store.errors import StoreError
from store.settings import settings
from tests.store.conftest import EMBEDDED
from tests.store.samples import a_passage, a_reading, put

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("pair")
in_files = pytest.mark.parametrize("pair", [EMBEDDED], indirect=True)

PROSE = {
    "甲.pdf": ["本部门负责科学技术普及工作。", "公务接待费支出比上年减少，因为厉行节约。", "机关运行经费用于办公和差旅。"],
    "乙.pdf": ["本单位承担学会学术服务。", "公务接待费没有安排。"],
}


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    for name, texts in PROSE.items():
        put(store, tmp_path, a_reading(name, passages=[a_passage(text, ordinal=i) for i, text in enumerate(texts, 1)]))
    return store


# Search


@pytest.mark.parametrize("weight", [0.0, 0.4])
def test_the_passage_that_speaks_of_it_comes_first(filled: Store, weight: float) -> None:
    index.refresh(filled)

    best = search.passage_retriever(filled, ["甲.pdf"], weight).retrieve("公务接待费为什么减少", top=2)[0]

    assert (best.document, best.passage) == ("甲.pdf", filled.passages("甲.pdf")[1])


def test_only_the_named_documents_are_searched_and_top_is_kept(filled: Store) -> None:
    found_in = search.passage_retriever(filled, ["乙.pdf"])

    assert [found.document for found in found_in.retrieve("公务接待费", top=5)] == ["乙.pdf"]
    assert len(search.passage_retriever(filled, ["甲.pdf", "乙.pdf"]).retrieve("公务接待费", top=1)) == 1


def test_what_shares_nothing_is_not_found(filled: Store) -> None:
    assert search.passage_retriever(filled, ["甲.pdf"]).retrieve("xyz", top=5) == []
    assert search.passage_retriever(filled, []).retrieve("公务接待费", top=5) == []


def test_headings_are_searched_too(store: Store, tmp_path: Path) -> None:
    put(
        store,
        tmp_path,
        a_reading("甲.pdf", passages=[a_passage("无。", section=("名词解释",)), a_passage("无。", ordinal=2, section=("职责",))]),
    )

    assert [found.passage.ordinal for found in search.passage_retriever(store, ["甲.pdf"]).retrieve("名词解释", top=5)] == [1]


def test_vectors_that_are_missing_leave_the_words(filled: Store) -> None:
    found = search.passage_retriever(filled, ["甲.pdf"], weight=0.5).retrieve("公务接待费", top=1)  # never refreshed

    assert found[0].passage.text.startswith("公务接待费")


# What the vectors hold


def test_refresh_takes_what_is_new_and_only_that(filled: Store, tmp_path: Path) -> None:
    assert filled.needs_index()
    assert index.refresh(filled) == 5
    assert not filled.needs_index()
    assert index.refresh(filled) == 0
    put(filled, tmp_path, a_reading("丙.pdf"))
    assert index.refresh(filled) == 1
    assert index.vector_count(filled) == 6


def test_documents_are_taken_in_one_by_one_and_refresh_has_the_rest_to_do(filled: Store) -> None:
    index.extend(filled, ["甲.pdf"])
    assert [reading.document for reading in filled.indexed()] == ["甲.pdf"]
    assert index.vector_count(filled) == 3
    assert index.refresh(filled) == 2
    assert index.refresh(filled) == 0


def test_a_document_that_was_put_again_is_taken_in_with_its_new_passages_alone(filled: Store, tmp_path: Path) -> None:
    index.refresh(filled)
    put(filled, tmp_path, a_reading("甲.pdf", passages=[a_passage("只剩一段。")], edition=2), edition=2)
    index.extend(filled, ["甲.pdf"])
    assert index.vector_count(filled) == 3
    assert index.refresh(filled) == 0


@in_files
def test_vectors_of_another_embedder_are_left_to_a_rebuilding(filled: Store) -> None:
    note(filled.folder / "vectors", "another")
    index.extend(filled, ["甲.pdf"])
    assert filled.indexed() == ()
    assert index.refresh(filled) == 5


def test_replaced_and_removed_documents_leave_the_vectors(filled: Store, tmp_path: Path) -> None:
    index.refresh(filled)
    put(filled, tmp_path, a_reading("甲.pdf", passages=[a_passage("只剩一段。")], edition=2), edition=2)
    filled.remove("乙.pdf")

    assert index.refresh(filled) == 1
    assert index.vector_count(filled) == 1


def test_the_vector_of_an_earlier_edition_is_not_taken_for_the_new_ones(filled: Store, tmp_path: Path) -> None:
    index.refresh(filled)
    put(filled, tmp_path, a_reading("甲.pdf", passages=[a_passage("会议费。")], edition=2), edition=2)

    assert search.passage_retriever(filled, ["甲.pdf"], weight=1.0).retrieve("科学技术普及", top=5) == []


def test_deleted_vectors_are_made_again(filled: Store) -> None:
    index.refresh(filled)
    vectors.discard(filled.folder / "vectors", index_name(settings()))

    assert index.vector_count(filled) == 0
    assert index.refresh(filled) == 5
    assert index.vector_count(filled) == 5


def test_rebuild_makes_everything_from_the_passages(filled: Store) -> None:
    index.refresh(filled)
    with vectors.opened(filled.folder / "vectors", index_name(settings())) as opened:
        opened.forget(["甲.pdf"])

    assert index.rebuild(filled) == 5
    assert index.vector_count(filled) == 5


@in_files
def test_a_folder_of_vectors_that_was_deleted_is_missed(filled: Store) -> None:
    index.refresh(filled)
    shutil.rmtree(filled.folder / "vectors")

    assert filled.needs_index()


@in_files
def test_vectors_that_are_no_vectors_are_named_and_the_records_stay(filled: Store) -> None:
    folder = filled.folder / "vectors"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database at all" * 100)

    with pytest.raises(StoreError, match="delete that folder"):
        index.vector_count(filled)
    by_words = search.passage_retriever(filled, ["甲.pdf"], weight=0.0).retrieve("公务接待费为什么减少", top=3)
    assert [one.passage for one in search.passage_retriever(filled, ["甲.pdf"], weight=0.5).retrieve("公务接待费为什么减少", top=3)] == [
        one.passage for one in by_words
    ]
    assert by_words
    assert index.refresh(filled) == 5
    assert index.vector_count(filled) == 5


def _a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")


def _a_loop(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(folder.name)


def _a_link(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.symlink_to("elsewhere")
    (folder / "chroma.sqlite3").write_bytes(b"no database at all" * 100)


def _a_note_of_nonsense(folder: Path) -> None:
    (folder / "embedder.txt").write_bytes(b"\xff\xfe\xb5")


def _a_note_that_is_a_folder(folder: Path) -> None:
    (folder / "embedder.txt").unlink()
    (folder / "embedder.txt").mkdir()


@in_files
@pytest.mark.parametrize("damage", [_a_file, _a_loop, _a_link, _a_note_of_nonsense, _a_note_that_is_a_folder])
def test_whatever_stands_where_the_vectors_were_they_are_made_again(damage: Callable[[Path], None], filled: Store) -> None:
    index.refresh(filled)
    damage(filled.folder / "vectors")

    index.refresh(filled)
    assert not filled.needs_index()
    assert index.vector_count(filled) == 5


_KILLED = """
import sys, time
from collections.abc import Callable
from pathlib import Path
from store import index
from store.database import Store

store = Store.open(Path(sys.argv[1]))
def stop(gone, done):
    if done:
        print("written", flush=True)
        time.sleep(60)
store.mark_indexed = stop
index.refresh(store)
"""


def test_an_ingestion_that_was_killed_between_the_vectors_and_the_note_is_made_good(filled: Store) -> None:
    with subprocess.Popen([sys.executable, "-c", _KILLED, str(filled.folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
    filled.remove("乙.pdf")  # whose vectors nobody noted

    index.refresh(filled)

    assert not filled.needs_index()
    assert index.vector_count(filled) == 3


@in_files
def test_nothing_asks_the_network(filled: Store, no_network: None) -> None:
    index.refresh(filled)

    assert search.passage_retriever(filled, ["甲.pdf"], weight=0.5).retrieve("公务接待费", top=1)


_LIGHT = "import sys, store.database, store.export; print([name for name in ('llama_index', 'chromadb', 'pyarrow') if name in sys.modules])"


def test_records_are_served_without_the_frameworks() -> None:
    run = subprocess.run([sys.executable, "-c", _LIGHT], capture_output=True, text=True, check=True, cwd=ROOT)

    assert run.stdout == "[]\n"


# The embedder


def test_a_vector_is_the_same_in_every_process() -> None:
    code = "from store.embedding import embed; print(embed('公务接待费支出').tobytes().hex())"
    runs = [
        subprocess.run(
            *([sys.executable, "-c", code],),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("1", "2")
    ]

    assert {run.stdout.strip() for run in runs} == {embed("公务接待费支出").tobytes().hex()}


@given(st.text(max_size=40))
def test_vectors_have_length_one_or_none(text: str) -> None:
    vector = embed(text)

    assert vector.shape == (DIMENSIONS,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1.0, abs=1e-5) or not vector.any()


def test_width_and_punctuation_make_no_difference_and_words_do() -> None:
    asked = embed("“三公”经费 2024")
    same, near, far = cosines(asked, [embed("三公经费２０２４"), embed("三公经费支出2024年"), embed("住房公积金")])

    assert same == pytest.approx(1.0, abs=1e-5)
    assert near > 0.5
    assert far < 0.2
