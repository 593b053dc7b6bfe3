"""A service in a process of its own, which submits until a test kills it: DATABASE.

It says that it runs, and then the reference of each submission that it has confirmed.
"""

import sys

from screening.store.opening import open_store
from tests.store.databases import SteppingClock
from tests.store.fixtures import ring, submit


def main(database):
    clock = SteppingClock()
    store = open_store(database, ring(), clock=clock, has_notices=True)
    print("running", flush=True)  # noqa: T201 - the test waits for it
    while True:
        receipt = submit(store, clock, urgent=True)
        print(receipt.reference, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(*sys.argv[1:])
