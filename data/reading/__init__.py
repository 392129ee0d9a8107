"""Reading files strictly: every cell is text first, and whatever is broken is named by its line."""

from data.reading.layout import COMMAND_LINE_LIMIT, LINE, UPLOAD_LIMIT, FileFormat, Layout, Reading
from data.reading.opening import open_file
from data.reading.preview import ColumnPreview, Preview, describe
from data.reading.problems import Problem, UnreadableFile

__all__ = [
    "COMMAND_LINE_LIMIT",
    "LINE",
    "UPLOAD_LIMIT",
    "ColumnPreview",
    "FileFormat",
    "Layout",
    "Preview",
    "Problem",
    "Reading",
    "UnreadableFile",
    "describe",
    "open_file",
]
