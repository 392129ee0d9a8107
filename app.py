"""Groundwork: where its parts are put together. Start it with `streamlit run app.py` or `python -m program serve`."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.api import health, icon
from pages.ui import admission, running
from pages.ui.doorkeeper import Doorkeeper
from pages.ui.states import on_script_error

ROOT = Path(__file__).resolve().parent

app = st.App(
    ROOT / "pages/router.py",
    routes=[*health.ROUTES, *icon.ROUTES],
    middleware=[Middleware(Doorkeeper)],
    lifespan=running.lifespan,
    on_script_error=on_script_error,
)

admission.check()
