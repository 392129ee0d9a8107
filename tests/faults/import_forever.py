"""Imports one batch after another until it is killed; says each number when its import has been acknowledged."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from data.importing import import_file

BATCH = 300


def main(home: Path, first: int) -> None:
    number = first
    while True:
        path = home / f"batch-{number}.csv"
        names = (f"{number}-{place},somebody {place}" for place in range(BATCH))
        path.write_text("contact_id,full_name\n" + "\n".join(names) + "\n")
        import_file(home, "test", path, "contact", None, now=datetime.now(UTC))
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
