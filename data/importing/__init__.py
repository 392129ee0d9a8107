"""Importing files into the warehouse: strict, idempotent, and whole or not at all."""

from data.importing.result import BrokenLines, ColumnResult, ImportRefused, ImportResult
from data.importing.run import import_file

__all__ = ["BrokenLines", "ColumnResult", "ImportRefused", "ImportResult", "import_file"]
