"""A program that the storm has to see through: drafts move on to the newest version."""

from screening.cli import main
from screening.web.questionnaires import Questionnaires


def _newest(self, _):
    self._look_at = 0
    return self.current()


Questionnaires.version = _newest

if __name__ == "__main__":
    main()
