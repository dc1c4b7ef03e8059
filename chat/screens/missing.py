"""An address that names no place: said in the reader's language, where Streamlit would say it in English."""

from __future__ import annotations

import streamlit as st

from chat import cards
from chat.screens import frame
from chat.screens.places import ASK, MATERIALS, link


def screen() -> None:
    t = frame.words()
    st.html(cards.notice_card(t("没有这个页面"), t("地址可能写错了。可以从这里去：")))
    link(ASK, t("提问"), ":material/forum:")
    link(MATERIALS, t("浏览、筛选公开材料"), ":material/folder_open:")
