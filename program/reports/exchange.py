"""One program as one file, to keep or to bring into another installation."""

from program.parcel import wrap
from program.store.copying import anonymous_runs, content_of
from program.store.engine import reading


def export_program(program_id: str) -> bytes:
    """
    Return what a program owns as one JSON file with a checksum.

    Stakeholders and respondents are in it by name; memberships and sign-ins are not, they belong to the installation.
    Anonymous runs are not in it either, and its head says how many they are; nor are the links of the others.
    """
    with reading() as session:
        return wrap(content_of(session, program_id), left_out={"anonymous_runs": anonymous_runs(session, program_id)})


def left_out(program_id: str) -> str:
    """Return a sentence on what a program's file does not hold; empty when it holds everything."""
    with reading() as session:
        runs = anonymous_runs(session, program_id)
    if not runs:
        return ""
    which = "One anonymous run is" if runs == 1 else f"{runs} anonymous runs are"
    return f"{which} left out: answers given without a name stay in this installation."
