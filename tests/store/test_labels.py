"""Labels lead from a question's words to the documents that print them."""

from __future__ import annotations

from pathlib import Path

from store.database import Store
from store.derived import Labelled, Within
from store.labels import LONGEST, Label, labels_of, pairs, pairs_of
from tests.store.samples import a_passage, a_reading, a_table, put


def test_pairs_are_of_bare_words() -> None:
    assert pairs("（一）三公经费") == {"三公", "公经", "经费"}
    assert pairs("费") == {"费"}


def test_rows_titles_subjects_and_terms_are_labels() -> None:
    table = a_table(["项目", "合计"], [["格致楼维修", "1.00"]], title="项目支出表")
    term = a_passage("机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。")

    assert labels_of([table], [term]) == (Label("机关运行经费"), Label("格致楼维修"), Label("项目支出表"))


def test_a_text_is_cut_to_a_label() -> None:
    first, second = labels_of([a_table(["项目", "合计"], [["长" * 1000, "1.00"]], title="表")], [])

    assert max(len(first.name), len(second.name)) == LONGEST


def test_the_documents_that_share_most_pairs_come_first(store: Store, tmp_path: Path) -> None:
    for name, label, year in (("甲.pdf", "格致楼维修", 2023), ("乙.pdf", "格致楼维修", 2024), ("丙.pdf", "办公楼租金", 2024)):
        put(store, tmp_path, a_reading(name, tables=[a_table(["项目", "合计"], [[label, "1.00"]])], year=year))

    (best, found), *_ = store.labels_like(pairs("格致楼维修"), 9)

    assert pairs_of(found) == pairs("格致楼维修")
    assert store.labelled([best], 9) == Labelled(("乙.pdf", "甲.pdf"), 2)
    assert store.labelled([best], 1) == Labelled(("乙.pdf",), 2)
    assert store.labelled([best], 9, Within(years=frozenset({2023}))) == Labelled(("甲.pdf",), 1)
    place = next(d.body for d in store.disclosures())[:2]
    assert store.labelled([best], 9, Within(places=frozenset({place}))).many == 2
    assert store.labelled([best], 9, Within(places=frozenset({"某某"}))).many == 0


def test_a_removed_documents_labels_lead_nowhere(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, a_reading("甲.pdf", tables=[a_table(["项目", "合计"], [["格致楼维修", "1.00"]])]))
    (best, _), *_ = store.labels_like(pairs("格致楼维修"), 9)

    store.remove("甲.pdf")

    assert store.labelled([best], 9) == Labelled((), 0)
