"""Opening a file of any known format for reading."""

from pathlib import Path

from data.reading.columnar import open_columnar
from data.reading.contents import recognize
from data.reading.delimited import open_delimited
from data.reading.fixed_width import open_fixed_width
from data.reading.layout import COMMAND_LINE_LIMIT, Layout, Reading
from data.reading.objects import open_objects
from data.reading.problems import base_name
from data.reading.spreadsheet import open_spreadsheet
from data.reading.xml_rows import open_xml_rows


def open_file(
    path: Path, *, file_name: str | None = None, layout: Layout | None = None, size_limit: int = COMMAND_LINE_LIMIT
) -> Reading:
    """
    Return the columns and rows of a file, every value as text.

    file_name: the name it came with, for messages and its format; never used as a path.

    Raises UnreadableFile, also while the batches are drawn.
    """
    layout = layout or Layout()
    name = base_name(path, file_name)
    match recognize(path, file_name=name, declared=layout.format, size_limit=size_limit):
        case "csv":
            return open_delimited(path, file_name=name, layout=layout)
        case "xlsx":
            return open_spreadsheet(path, file_name=name, layout=layout)
        case "json":
            return open_objects(path, file_name=name, layout=layout)
        case "parquet":
            return open_columnar(path, file_name=name)
        case "fixed":
            return open_fixed_width(path, file_name=name, layout=layout)
        case "xml_rows":
            return open_xml_rows(path, file_name=name, layout=layout)
