"""上传: disclosures that readers add, where the operator lets them. Each file tells how far it is and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from queue import SimpleQueue
from threading import Thread

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_status_container import StatusContainer
from streamlit.runtime.uploaded_file_manager import UploadedFile

from chat import cards
from chat.labels import label
from chat.screens import frame
from chat.screens.places import ASK, DOCUMENT, link
from chat.uploads import ENDINGS, Taken, refusal, stage_words, take_in
from store.settings import settings
from store.stages import Part, Stage

MOST_FILES = 20  # at once


def screen() -> None:
    t, most = frame.words(), settings().upload_size
    told = t("部门预算、决算公开文件：PDF（扫描件也可）、DOCX、XLSX、XLS、HTML、DOC，每个不超过 {most} MB。读取一份约需几秒到几分钟。")
    st.html(cards.title_card(t("上传公开材料"), told.format(most=most)))
    with st.form("upload", clear_on_submit=True, border=False):
        files = st.file_uploader(t("把文件拖到这里"), type=list(ENDINGS), accept_multiple_files=True, max_upload_size=most)
        pressed = st.form_submit_button(t("收录"), type="primary")
    if pressed and files:
        waiting = [(file, st.status(label(f"{file.name} · {t('等待')}", 120), state="running")) for file in files[:MOST_FILES]]
        st.session_state.taken = [take_one(file, status) for file, status in waiting]
        if len(files) > MOST_FILES:
            st.html(cards.heading(t("一次最多 {n} 个文件，其余请再传一次。").format(n=MOST_FILES)))
    show_taken(st.session_state.get("taken", []))


def take_one(file: UploadedFile, status: StatusContainer) -> Taken:
    """One file, from checking it to its reading report; each stage is said as it begins."""
    t, content = frame.words(), file.getvalue()
    with status:
        status.update(label=label(file.name), expanded=True)
        st.write(t("检查文件"))
        opened = frame.open_or_none()
        why = refusal(file.name, content, frame.held_in(opened) if opened is not None else (), settings().upload_size, t)
        taken = Taken(file.name, error=why) if why else read_one(file.name, content)
        status.update(label=label(f"{file.name} · {outcome(taken)}", 120), state="error" if taken.error else "complete", expanded=False)
    return taken


def read_one(name: str, content: bytes) -> Taken:
    """Has a file read, and says how far it is. Reading goes on to its end where the reader leaves meanwhile."""
    told: SimpleQueue[Stage | Taken] = SimpleQueue()
    store, lines = settings().store, dict[Part, DeltaGenerator]()
    Thread(target=lambda: told.put(take_in(name, content, store, told.put)), daemon=True).start()
    with st.spinner(frame.words()("正在读取…")):
        while not isinstance(step := told.get(), Taken):
            if step.part not in lines:
                lines[step.part] = st.empty()
            lines[step.part].write(stage_words(step, frame.words()))
    return step


def outcome(taken: Taken) -> str:
    t = frame.words()
    if taken.error:
        return t("没有收录")
    if taken.status == "unchanged":
        return t("已在库中")
    return t("已收录：{pages} 页，{tables} 张表，{records} 条记录，核对 {checks} 处").format(
        pages=taken.pages, tables=taken.tables, records=taken.records, checks=taken.checks
    )


def show_taken(taken: Sequence[Taken]) -> None:
    """What became of the files of the last upload."""
    t = frame.words()
    for number, one in enumerate(taken):
        with st.container(key=f"taken-{number}"):
            if one.error:
                st.html(cards.notice_card(f"{one.document}：{t('没有收录')}", one.error))
            else:
                st.html(cards.heading(f"{one.document}：{outcome(one)}"))
                link(DOCUMENT, t("看它的表格、对账和读取报告"), ":material/description:", of=one.document)
                link(ASK, t("提问"), ":material/forum:")
