"""The one-time code by which the first owner takes over a new installation."""

import hmac
import secrets
import threading
from collections import deque

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
TRIES = 5  # wrong codes in one minute before all further ones are refused unread
WINDOW_SECONDS = 60.0


class TooManyTries(Exception):
    """Too many wrong codes in a short time; nobody's code is read for a while."""


class FirstOwner:
    """Keeps the code in this process's memory only, compares it in constant time, and forgets it when it is used."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._code: str | None = None
        self._wrong: deque[float] = deque(maxlen=TRIES)

    def issue(self) -> str:
        """Make a new code, as people read it: three groups of four."""
        with self._lock:
            self._code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
            return "-".join(self._code[start : start + 4] for start in range(0, LENGTH, 4))

    def waiting(self) -> bool:
        return self._code is not None

    def consume(self, typed: str, *, at: float) -> bool:
        """
        Whether the code is right; it works once. `at` is a monotonic time in seconds.

        Raises TooManyTries after five wrong codes within a minute.
        """
        given = "".join(sign for sign in typed.upper() if sign.isalnum()).encode()
        with self._lock:
            if len(self._wrong) == TRIES and at - self._wrong[0] < WINDOW_SECONDS:
                raise TooManyTries
            if self._code is not None and hmac.compare_digest(given, self._code.encode()):
                self._code = None
                return True
            self._wrong.append(at)
            return False


first_owner = FirstOwner()
