"""The chat: started by `make app`. What is shown is made in `chat`, what is known in `retrieval`; here the places are named."""

from __future__ import annotations

import streamlit as st

from chat.screens import ask, compare, document, frame, materials, missing, upload
from chat.screens.places import ASK, COMPARE, DOCUMENT, MATERIALS, MISSING, UPLOAD, asked_for, set_places
from store.settings import settings


def main() -> None:
    st.set_page_config(page_title="明账", page_icon=str(frame.ICON), layout="centered")
    t = frame.words()
    places = {
        ASK: st.Page(ask.screen, title=t("提问"), icon=":material/forum:", default=True),
        MATERIALS: st.Page(materials.screen, title=t("公开材料"), icon=":material/folder_open:", url_path=MATERIALS),
        COMPARE: st.Page(compare.screen, title=t("并排对照"), icon=":material/compare_arrows:", url_path=COMPARE),
        DOCUMENT: st.Page(document.screen, title=t("材料"), url_path=DOCUMENT, visibility="hidden"),
    }
    if settings().uploads:
        places[UPLOAD] = st.Page(upload.screen, title=t("上传"), icon=":material/upload_file:", url_path=UPLOAD)
    if (name := asked_for()) and name not in {page.url_path for page in places.values()}:
        places[MISSING] = st.Page(missing.screen, title=t("没有这个页面"), url_path=name, visibility="hidden")
    set_places(places)
    chosen = st.navigation(list(places.values()), position="top")
    frame.begin()
    if frame.may_enter():
        chosen.run()


if __name__ == "__main__":
    main()
