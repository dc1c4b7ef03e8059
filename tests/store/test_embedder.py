"""The embedder that the settings name: hashed, a model behind a real HTTP endpoint, or a folder; another one, other vectors."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.pipeline import ingest_paths
from store import index, search, vectors
from store.database import Store
from store.embedding import NAME, Hashed, LocalModel, RemoteModel, embedder_of, noted
from store.errors import ServiceError
from store.settings import Settings, settings
from tests.endpoint import Reply, Request, serving
from tests.store.samples import a_passage, a_reading, put

Set = Callable[..., None]
THEMES = ("接待", "科学", "会议")  # what the model below tells apart
MEANT = {"请客": "接待", "普及": "科学"}


def a_vector(text: str) -> list[float]:
    """What a model that knows three themes makes of a text."""
    theme = next((theme for word, theme in MEANT.items() if word in text), "")
    return [3.0 if name in (theme or text) else 0.1 for name in THEMES]


def embeds(request: Request) -> Reply:
    rows = [{"object": "embedding", "index": i, "embedding": a_vector(text)} for i, text in enumerate(request["input"])]
    return Reply(json.dumps({"data": rows[::-1]}).encode())  # the order is the index's, not the list's


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Iterator[Set]:
    """Sets environment variables and has the settings read them."""

    def choose(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(f"MINGZHANG_{name}", value)
        settings.cache_clear()

    yield choose
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    texts = ["负责科学普及工作。", "公务接待费减少。", "会议费没有变化。"]
    put(store, tmp_path, a_reading("甲.pdf", passages=[a_passage(text, ordinal=i, section=()) for i, text in enumerate(texts, 1)]))
    return store


def found(store: Store, words: str, weight: float = 1.0) -> list[int]:
    return [hit.passage.ordinal for hit in search.passage_retriever(store, ["甲.pdf"], weight).retrieve(words, top=3)]


def held(store: Store, name: str) -> int:
    with vectors.opened(store.folder / "vectors", name) as collection:
        return collection.count()


# An endpoint


def test_an_endpoints_vectors_find_what_shares_no_word(filled: Store, choose: Set) -> None:
    with serving(embeds) as served:
        choose(EMBEDDER=served.url, EMBEDDER_MODEL="bge", EMBEDDER_KEY="a-key")
        assert index.refresh(filled) == 3
        assert found(filled, "请客")[0] == 2
        assert set(served.paths) == {"/v1/embeddings"}
        assert set(served.keys) == {"Bearer a-key"}
        assert {request["model"] for request in served.requests} == {"bge"}


def test_without_weight_no_endpoint_is_asked(filled: Store, choose: Set) -> None:
    with serving(embeds) as served:
        choose(EMBEDDER=served.url)
        assert found(filled, "公务接待费", weight=0.0) == [2]
    assert served.requests == []


def test_an_endpoint_that_is_gone_leaves_the_words(filled: Store, choose: Set, caplog: pytest.LogCaptureFixture) -> None:
    with serving(embeds) as served:
        choose(EMBEDDER=served.url)
        index.refresh(filled)
    with caplog.at_level(logging.WARNING):
        assert found(filled, "会议费", weight=0.5) == [3]
    assert "words alone" in caplog.text


def test_a_model_of_another_length_leaves_the_words(filled: Store, choose: Set, caplog: pytest.LogCaptureFixture) -> None:
    longer = False

    def grows(request: Request) -> Reply:
        vector = [1.0] * (4 if longer else 3)
        return Reply(json.dumps({"data": [{"index": i, "embedding": vector} for i, _ in enumerate(request["input"])]}).encode())

    with serving(grows) as served, caplog.at_level(logging.WARNING):
        choose(EMBEDDER=served.url)
        index.refresh(filled)
        longer = True
        assert found(filled, "会议费", weight=0.5) == [3]
    assert "another length" in caplog.text


def row(vector: object, at: object = 0) -> dict[str, object]:
    return {"index": at, "embedding": vector}


WRONG: dict[str, object] = {
    "an error": {"error": "no such model"},
    "no vectors": {"data": []},
    "too few": {"data": [row([1.0])]},
    "one twice": {"data": [row([1.0]), row([1.0]), row([1.0])]},
    "lengths apart": {"data": [row([1.0]), row([1.0, 2.0], 1), row([1.0], 2)]},
    "words": {"data": [row("a"), row("b", 1), row("c", 2)]},
    "none": {"data": [row(None), row(None, 1), row(None, 2)]},
    "empty": {"data": [row([]), row([], 1), row([], 2)]},
    "zero": {"data": [row([0.0]), row([0.0], 1), row([0.0], 2)]},
    "no number": {"data": [row([float("nan")]), row([1.0], 1), row([1.0], 2)]},
    "endless": {"data": [row([1e400]), row([1.0], 1), row([1.0], 2)]},
    "no object": [1, 2],
    "nothing": None,
}


@pytest.mark.parametrize("reply", WRONG.values(), ids=WRONG)
def test_what_is_no_vectors_is_refused(filled: Store, choose: Set, reply: object) -> None:
    with serving(lambda _: Reply(json.dumps(reply).encode())) as served:
        choose(EMBEDDER=served.url)
        with pytest.raises(ServiceError, match="MINGZHANG_EMBEDDER"):
            index.refresh(filled)

    assert filled.needs_index()
    assert filled.passages("甲.pdf")


def test_an_endpoint_that_fails_is_named_with_what_it_said(filled: Store, choose: Set) -> None:
    with serving(lambda _: Reply(b"model not found", 404)) as served:
        choose(EMBEDDER=served.url)
        with pytest.raises(ServiceError, match="404: model not found"):
            index.refresh(filled)
        assert len(served.requests) == 1


# Another embedder, other vectors


def test_another_embedder_makes_the_vectors_again(filled: Store, choose: Set) -> None:
    index.refresh(filled)
    assert (held(filled, NAME), noted(filled.folder / "vectors")) == (3, NAME)

    with serving(embeds) as served:
        choose(EMBEDDER=served.url, EMBEDDER_MODEL="bge")
        assert filled.needs_index()
        assert found(filled, "请客") == []  # the old vectors are never taken for the new one's
        assert index.refresh(filled) == 3
        assert not filled.needs_index()
        assert index.refresh(filled) == 0
        assert found(filled, "请客")[0] == 2

        choose(EMBEDDER_MODEL="m3e")
        assert filled.needs_index()
        assert index.refresh(filled) == 3
    choose(EMBEDDER="hashed")
    assert index.refresh(filled) == 3
    assert noted(filled.folder / "vectors") == NAME


def test_a_key_makes_no_difference_to_the_vectors(filled: Store, choose: Set) -> None:
    with serving(embeds) as served:
        choose(EMBEDDER=served.url)
        index.refresh(filled)
        choose(EMBEDDER_KEY="renewed")
        assert not filled.needs_index()


def test_an_ingestion_of_nothing_new_notices_the_embedder(tmp_path: Path, choose: Set) -> None:
    folder = tmp_path / "store"
    store = Store.open(folder, create=True)
    put(store, tmp_path, a_reading("甲.pdf"))
    ingest_paths([], folder, workers=1)
    assert not store.needs_index()

    with serving(embeds) as served:
        choose(EMBEDDER=served.url)
        ingest_paths([], folder, workers=1)
        assert served.requests
    assert not store.needs_index()
    store.close()


def test_what_a_dead_endpoint_left_undone_is_made_good(filled: Store, choose: Set) -> None:
    index.refresh(filled)
    alive = False
    with serving(lambda request: embeds(request) if alive else Reply(b"", 500)) as served:
        choose(EMBEDDER=served.url)
        with pytest.raises(ServiceError):
            index.refresh(filled)
        alive = True
        assert filled.needs_index()
        index.refresh(filled)
        assert found(filled, "请客")[0] == 2
    assert not filled.needs_index()


# Which one


def test_the_default_needs_no_model() -> None:
    assert embedder_of(Settings(_env_file=None)) == Hashed()  # type: ignore[call-arg]


def test_the_setting_tells_them_apart(choose: Set, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    choose(EMBEDDER=str(tmp_path))
    local = embedder_of(settings())
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    other = embedder_of(settings())
    choose(EMBEDDER="https://models.example/v1/", EMBEDDER_MODEL="bge")
    remote = embedder_of(settings())

    assert isinstance(local, LocalModel)
    assert isinstance(other, LocalModel)
    assert local.name != other.name  # another model in the folder
    assert isinstance(remote, RemoteModel)
    assert (remote.url, remote.model) == ("https://models.example/v1/", "bge")


def test_a_folder_that_holds_no_model_is_named(choose: Set, tmp_path: Path) -> None:
    choose(EMBEDDER=str(tmp_path / "bge"))
    with pytest.raises(ServiceError, match=r"MINGZHANG_EMBEDDER names .*bge"):
        embedder_of(settings())


def test_a_local_model_that_cannot_be_loaded_says_what_is_missing(filled: Store, choose: Set, tmp_path: Path) -> None:
    """The package where it is not installed, else the model's files: this folder has none. Nothing is downloaded."""
    model = tmp_path / "bge"
    model.mkdir()
    (model / "config.json").write_text("{}")
    choose(EMBEDDER=str(model))
    with pytest.raises(ServiceError, match=r"requirements-optional\.txt|no model that sentence-transformers reads"):
        index.refresh(filled)
