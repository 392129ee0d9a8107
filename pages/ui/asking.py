"""The whole of an assessment for one person: the headline, the way of answering that is open, and the switch."""

import streamlit as st

from pages.ui import answering, shell, views
from pages.ui.sheet import Sheet, ask_language


def show(sheet: Sheet) -> None:
    """Draw the statements one at a time or in a list, or what the person sees, with the switch between them."""
    way = answering.chosen_way()
    mine = views.outlook(sheet) if way == answering.VIEWS else None
    shell.answer(views.headline(mine) if mine else answering.headline(sheet))
    above = st.container() if way == answering.LIST else None
    with st.container(width=760):
        if mine:
            views.one_at_a_time(mine)
        elif way == answering.LIST:
            answering.in_a_list(sheet)
        else:
            answering.one_at_a_time(sheet)
    with above or st.container(), st.container(horizontal=True, vertical_alignment="bottom", key="take_ways"):
        answering.switch()
        ask_language(sheet)
