"""Where does a web server find the service? Here, as ``wsgi:app``."""

from screening.web import create_app
from screening.web.config import Config

app = create_app(Config.from_environment())
