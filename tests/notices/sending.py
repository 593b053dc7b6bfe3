"""A sender in a process of its own, which a test kills: DATABASE PORT MINUTES.

It says that it runs, and then sends what is due, MINUTES after the tests' own time.
"""

import sys
from datetime import timedelta

from screening.notices.route import Route, Security
from screening.notices.sender import Sender
from screening.store.opening import open_store
from tests.store.databases import SteppingClock
from tests.store.fixtures import ring


def main(database, port, minutes):
    clock = SteppingClock()
    clock.now += timedelta(minutes=int(minutes))
    route = Route(
        to="staff@clinic.example",
        sender="screening@clinic.example",
        host="127.0.0.1",
        port=int(port),
        security=Security.NONE,
        address="https://screening.example",
    )
    store = open_store(database, ring(), clock=clock)
    sender = Sender(store.outbox, route, chance=lambda: 0.0, tell=lambda *_, **__: None)
    print("running", flush=True)  # noqa: T201 - the test waits for it
    sender.send_due()


if __name__ == "__main__":
    main(*sys.argv[1:])
