"""How long reading a text takes that is one piece over and over: what grows faster than it shows."""

import time


def seconds_for(read, unit, length):
    """CPU seconds that *read* takes for so many characters of the unit."""
    text = unit * (length // len(unit))
    started = time.process_time()
    read(text)
    return time.process_time() - started
