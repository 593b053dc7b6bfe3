"""How does a test get a preview? On a desk with what the environment declares."""

from screening.cli.options import deployment, today
from screening.cli.preview import make_preview
from screening.web.preview.desk import Desk


def preview_of(shelf):
    """Return the preview of what is on the shelf."""
    return make_preview(Desk(shelf, deployment(), today))
