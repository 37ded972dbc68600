"""Timing that every peer shares."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WARM_UP = 100
"""Sentences parsed before the clock starts."""


@contextmanager
def timed(tokens: int) -> Iterator[None]:
    """Print the tokens and the seconds that the block took, as JSON, to standard error."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    seconds = {"seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}
    print(json.dumps({"tokens": tokens, **seconds}), file=sys.stderr)
