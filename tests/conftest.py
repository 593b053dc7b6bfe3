"""How does every test run alike, here and on another machine?"""

import os

from hypothesis import settings

# Each run looks at new examples while a person works, and at the same ones in CI. A
# deadline would measure how busy the machine is.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("person", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "person")


def pytest_collection_modifyitems(items):
    """Leave tests in a browser to the end, as `make test` keeps the order.

    The browser's driver keeps an event loop running in the process from its first test
    on, and nothing that runs a loop of its own, as signing does, would work after it.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
