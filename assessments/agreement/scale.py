"""The scale that people rate on."""

from dataclasses import dataclass

MOST_OPTIONS = 101


@dataclass(frozen=True)
class Scale:
    """
    Whole numbers next to each other: `options` of them, from `first` on.

    Raises ValueError for less than two options or more than a scale of 0 to 100 has.
    """

    options: int = 5
    first: int = 1

    def __post_init__(self) -> None:
        if not 2 <= self.options <= MOST_OPTIONS:
            raise ValueError(f"a scale has 2 to {MOST_OPTIONS} options, not {self.options}")

    @property
    def last(self) -> int:
        """The highest rating."""
        return self.first + self.options - 1

    @property
    def uniform_variance(self) -> float:
        """Sigma squared EU: the variance of answers that fall on every option alike."""
        return (self.options**2 - 1) / 12

    @property
    def pole(self) -> int:
        """How many options each pole has: two of five, and without the middle one half of the others on any scale."""
        return self.options // 2
