"""Where does a web server find the service? Here, as ``wsgi:app``.

What the deployment has to mend first is printed a line each, and the server stops.
"""

import sys

from screening.core.problems import ProblemsError
from screening.web.config import Config
from screening.web.service import open_service

try:
    app = open_service(Config.from_environment())
except ProblemsError as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(2)
