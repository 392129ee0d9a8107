"""One program as one file, to keep or to bring into another installation."""

from program.parcel import wrap
from program.store.copying import content_of
from program.store.engine import reading


def export_program(program_id: str) -> bytes:
    """
    Return everything a program owns as one JSON file with a checksum.

    Stakeholders and respondents are in it by name; memberships and sign-ins are not, they belong to the installation.
    """
    with reading() as session:
        return wrap(content_of(session, program_id))
