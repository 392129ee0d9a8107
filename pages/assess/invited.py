"""Invited: answer an assessment by its link, without an account; nothing else of the program is here."""

import streamlit as st

from pages.ui import asking, device, invited, shell
from pages.ui import sheet as sheets
from program.queries import invited as queries

guest = shell.open_invitation()
me = queries.me(guest.guest)
invited.eyebrow(guest)

if me is None:
    invited.welcome(guest)
    st.stop()

sheet = sheets.of_guest(guest, me)
asking.show(sheet)
invited.devices(guest, sheet)
device.remember(guest.invitation.run.id)
