"""The icon in the browser's tab, in place of Streamlit's."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.ui.theme import PALETTE

HOUSE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<path d="M3 12 16 2l13 10z" fill="{strategy}"/><path d="M6 14h20v8H6z" fill="{mechanism}"/>
<path d="M2 24h28v6H2z" fill="{mindset}"/></svg>"""


async def icon(_request: Request) -> Response:
    drawing = HOUSE.format(**{name: PALETTE[name][0] for name in ("mindset", "mechanism", "strategy")})
    return Response(drawing, media_type="image/svg+xml", headers={"cache-control": "max-age=86400"})


ROUTES = [Route("/favicon.png", icon, methods=["GET"])]
