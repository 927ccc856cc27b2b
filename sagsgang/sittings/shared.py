"""Pages that many ask for at once, made once: what sixty listeners see of one act (measured in `bench.sittings`).

Kept in this process alone and for some seconds; who may read what is part of the key, so nobody is shown another's page.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST = 64
SECONDS = 3.0


class SharedPages:
    """A few pages by key. Whoever asks first makes the page, and those who ask meanwhile wait for it."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """The page of this key, at most `SECONDS` old."""
        with self._guard:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            known = self._pages.get(key)
            if known is not None and time.monotonic() - known[0] < SECONDS:
                return known[1]
            page = make()
            with self._guard:
                self._pages[key] = (time.monotonic(), page)
                while len(self._pages) > MOST:
                    old, _ = self._pages.popitem(last=False)
                    self._making.pop(old, None)
            return page

    def clear(self) -> None:
        """Forget them: tests begin with nothing."""
        with self._guard:
            self._pages.clear()
            self._making.clear()
