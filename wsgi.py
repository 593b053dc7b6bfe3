"""Where does a web server find the service? Here, as ``wsgi:app``."""

from screening.web.config import Config
from screening.web.service import open_service

app = open_service(Config.from_environment())
