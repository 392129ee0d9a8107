"""A field of the roadmap's forms: a number that may have decimals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from program.values import Invalid

_NUMBER = re.compile(r"-?\d{1,7}(\.\d{1,4})?", re.ASCII)


@dataclass(frozen=True)
class Number:
    """A number, typed; empty is None unless it is required."""

    name: str
    label: str
    required: bool = False
    hint: str = ""
    what: str = "number of working days"

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        shown = "" if value is None else f"{value.normalize():f}"
        return place.text_input(self.label, shown, max_chars=12, key=key, placeholder=self.hint)

    def read(self, raw: Any) -> Decimal | None:
        typed = str(raw or "").strip()
        if not typed:
            if self.required:
                raise Invalid(self.name, f"{self.label} is empty. Enter a {self.what} such as {self.hint}.")
            return None
        if not _NUMBER.fullmatch(typed):
            raise Invalid(self.name, f"{self.label} “{typed}” is no {self.what}. Enter digits such as {self.hint}.")
        return Decimal(typed)
