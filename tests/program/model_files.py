"""Model files as a consultant changes them: the shipped one of an aspect, edited, as YAML."""

from collections.abc import Callable
from typing import Any

from assessments.model import AspectFile
from assessments.model_file import as_plain, restore
from assessments.versions import Bump, next_version
from program.models import shipped, written

Edit = Callable[[dict[str, Any]], object]
WORDS = "What customers say reaches every part of the company, in their own words."


def version(bump: Bump, *, of: str | None = None, aspect: str = "mindset") -> str:
    """The version that follows the shipped one, or another."""
    return next_version(of or shipped()[aspect].content.model.version, bump)


def reworded(plain: dict[str, Any]) -> None:
    plain["dimensions"][1]["statements"][1]["text"] = {"en": WORDS}


def without_voc_3(plain: dict[str, Any]) -> None:
    """MI-VOC-3 goes into MI-VOC-2."""
    del plain["dimensions"][1]["statements"][2]
    crosswalk = {"MI-VOC-3": "MI-VOC-2"}
    plain["crosswalk"] = {"from_version": plain["model"]["version"], "statements": crosswalk}


def edited(edit: Edit, *, to: str, aspect: str = "mindset", of: AspectFile | None = None) -> bytes:
    """The YAML of a version that somebody edited."""
    plain = as_plain(of or shipped()[aspect].content)
    edit(plain)
    plain["model"]["version"] = to
    return written(restore(plain, file=aspect, shape=AspectFile).content)
