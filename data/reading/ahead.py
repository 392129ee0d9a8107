"""Drawing from an iterator in a thread, so that reading and writing run side by side."""

import threading
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import Any

WAITING = 2  # batches that may wait; bounds the memory
PATIENCE = 0.2  # seconds between looks at whether the other side is still there
_END = object()

Item = tuple[Any, BaseException | None]


def ahead(batches: Iterator[Any]) -> Iterator[Any]:
    """Yield what an iterator yields, drawn ahead by a thread; what it raises is raised here."""
    queue: Queue[Item] = Queue(WAITING)
    stopped = threading.Event()
    reader = threading.Thread(target=_draw, args=(batches, queue, stopped), daemon=True)
    reader.start()
    try:
        while True:
            item, problem = _next(queue, reader)
            if problem is not None:
                raise problem
            if item is _END:
                return
            yield item
    finally:
        stopped.set()
        reader.join()


def _next(queue: Queue[Item], reader: threading.Thread) -> Item:
    while True:
        try:
            return queue.get(timeout=PATIENCE)
        except Empty:
            if not reader.is_alive() and queue.empty():
                raise RuntimeError("The reader stopped without a word.") from None


def _draw(batches: Iterator[Any], queue: Queue[Item], stopped: threading.Event) -> None:
    try:
        for batch in batches:
            if not _put(queue, (batch, None), stopped):
                return
        _put(queue, (_END, None), stopped)
    except BaseException as problem:
        _put(queue, (_END, problem), stopped)


def _put(queue: Queue[Item], item: Item, stopped: threading.Event) -> bool:
    while not stopped.is_set():
        try:
            queue.put(item, timeout=PATIENCE)
        except Full:
            continue
        return True
    return False
