"""Where every run begins: who is there, and which pages there are for them."""

import streamlit as st

from pages.ui import deep_links, shell, sign_in, signing, sitemap, theme

st.set_page_config(page_title="Groundwork", layout="wide")
theme.dress()
shell.begin()
st.logo(theme.wordmark(), size="large")

invited = st.Page("assess/invited.py", title="Invitation", url_path=deep_links.INVITED, visibility="hidden")

if shell.arrive() is None:
    page = st.navigation(
        [
            st.Page(sign_in.sign_in, title="Sign in", url_path=address, default=address == sitemap.DEFAULT.url_path)
            for address in sorted(deep_links.ADDRESSES)
        ]
        + [invited],
        position="hidden",
    )
else:
    sections = {
        section: [
            st.Page(entry.file, title=entry.title, url_path=entry.url_path, default=entry is sitemap.DEFAULT)
            for entry in sitemap.PAGES
            if entry.section == section
        ]
        for section in sitemap.SECTIONS
    }
    if signing.configured():
        sections["Program"].append(st.Page(sign_in.account, title="Account", url_path=deep_links.ACCOUNT))
    sections[sitemap.DEFAULT.section].append(invited)
    page = st.navigation(sections, position="top")

page.run()
