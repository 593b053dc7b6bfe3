"""What becomes of an edit: told, seen in a worked patient, harmless, or unexplained?"""

from collections import Counter
from datetime import date

from screening.core.cases import case_problems, read_cases, run_case
from screening.core.load import load
from screening.core.problems import DefinitionError
from screening.library import shelf_for
from screening.resources import questionnaires_folder
from tests.mutation.decisions import deciding
from tests.mutation.edits import random_edit

HOME = questionnaires_folder()
QUESTIONNAIRE = "ocd-ketamine"
ON = date(2026, 3, 15)
CLASSES = ("told", "seen in a case", "harmless", "unexplained")


class Ground:
    """The shipped files as they are, and what comes of them."""

    def __init__(self):
        """Read the files once."""
        shelf = shelf_for(QUESTIONNAIRE)
        self.read = shelf.read
        self.made = load(QUESTIONNAIRE, shelf.read)
        self.files = {
            name: text
            for name, text in self.made.files.items()
            if not name.startswith("packs/")
        }
        self.deciding = deciding(self.made)
        self.told = told(self.made.notices)
        self.cases = _texts(HOME / QUESTIONNAIRE / "cases")
        used = {one.id for one in self.made.instruments.values()}
        self.scales = {
            path.stem: [(f"instruments/cases/{path.name}", path.read_text("utf-8"))]
            for path in sorted((HOME / "instruments/cases").glob("*.yaml"))
            if path.stem in used
        }

    def judge(self, name, text):
        """Return the class of the edit that gives the file `name` another text."""

        def read_file(wanted):
            return text if wanted == name else self.read(wanted)

        try:
            made = load(QUESTIONNAIRE, read_file)
        except DefinitionError:
            return "told"
        if told(made.notices) - self.told:
            return "told"
        problems = case_problems(self.cases, made, read_file, ON)
        if any(problem.code != "SC402" for problem in problems):
            return "told"
        try:
            is_seen = problems or self.scores_otherwise(name, read_file)
        except DefinitionError:
            return "told"
        if is_seen:
            return "seen in a case"
        return "harmless" if deciding(made) == self.deciding else "unexplained"

    def scores_otherwise(self, name, read_file):
        """Tell whether a worked score of the file's scale comes out otherwise."""
        stem = name.rpartition("/")[2].removesuffix(".yaml")
        cases = read_cases(self.scales.get(stem, ()))
        return any(
            run_case(case, questionnaire=None, read_file=read_file, on=ON)
            for case in cases
        )


def judged(count, chance):
    """Yield (edit, class) of `count` random edits."""
    ground = Ground()
    for _ in range(count):
        edit, text = random_edit(ground.files, chance)
        yield edit, ground.judge(edit.file, text)


def told(problems):
    return Counter((one.code, one.what) for one in problems)


def _texts(folder):
    return [
        (f"{QUESTIONNAIRE}/cases/{path.name}", path.read_text("utf-8"))
        for path in sorted(folder.glob("*.yaml"))
    ]
