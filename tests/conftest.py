"""How does every test run alike, here and on another machine?"""

import os

from hypothesis import settings

# Each run looks at new examples while a person works, and at the same ones in CI. A
# deadline would measure how busy the machine is.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("person", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "person")
