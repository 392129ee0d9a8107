"""The three aspects of Social CRM, and the functions in a company that are asked about them."""

from dataclasses import dataclass
from typing import Literal, get_args

Aspect = Literal["mindset", "mechanism", "strategy"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

LEVELS = range(5)


@dataclass(frozen=True)
class Function:
    """
    A place in the company that someone answers from; the `role` column of files.

    asked: invited by default. counted: answers enter the scores; a consultant observes.
    """

    id: str
    name: str
    asked: bool = True
    counted: bool = True


FUNCTIONS: dict[str, Function] = {
    function.id: function
    for function in (
        Function("executive", "Executive"),
        Function("marketing", "Marketing"),
        Function("sales", "Sales"),
        Function("service", "Service"),
        Function("product", "Product"),
        Function("it", "IT"),
        Function("finance", "Finance", asked=False),
        Function("pr", "PR", asked=False),
        Function("consultant", "Consultant", asked=False, counted=False),
    )
}
