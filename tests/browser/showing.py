"""How does a browser show what a service answered, without asking it again?

`Onlooker` goes through the form as a patient, in the process of the test, and keeps
each page in each state. `Showing` gives such answers to a browser, with the style and
the script of the service: what is looked at is the page as anybody gets it, and nobody
waits for a form to be filled in by hand.
"""

from tests.web.conftest import secure_client
from tests.web.patient.cases import worked_answers
from tests.web.patient.test_journeys import send
from tests.web.patient.visitor import Patient, Visitor

CLINIC = "https://clinic.example"
ERRORS = "nhsuk-error-summary"


class Showing:
    """A browser that shows answers of a service that no port is open for."""

    def __init__(self, page, app):
        self.page = page
        self.client = secure_client(app)
        self.answer = None
        page.route("**/*", self._give)

    def show(self, answer):
        self.answer = answer
        self.page.goto(f"{CLINIC}{answer.request.path}")

    def _give(self, route):
        if route.request.method != "GET":
            route.abort()  # what a page's script would send of itself
            return
        if route.request.is_navigation_request():
            found = self.answer
        else:
            found = self.client.get(route.request.url.removeprefix(CLINIC))
        route.fulfill(
            status=found.status_code, headers=dict(found.headers), body=found.data
        )


class Onlooker(Visitor):
    """Keeps each page once in each state: `kept` is path and state -> answer.

    A page is empty, wrong (sent without an answer that it needs) or filled in.
    """

    def __init__(self, app, language):
        super().__init__(app)
        self.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        self.kept = {}
        self.tried = set()

    def _arrived(self):
        super()._arrived()
        state = "wrong" if ERRORS in self.text else "empty"
        self.kept.setdefault((self.path, state), self.response)
        return self

    def keep_filled(self, path):
        """Keep a page as it stands when one comes back to it."""
        answer = self.client.get(path)
        if answer.status_code == 200:
            self.kept.setdefault((path, "filled"), answer)


class _Careless(Patient):
    """Sends each page empty before answering it, and looks back at it afterwards."""

    def _answer_page(self):
        visitor, path = self.visitor, self.visitor.path
        if path not in visitor.tried:
            visitor.tried.add(path)
            visitor.post(path)
            visitor.open(path)
        super()._answer_page()
        visitor.keep_filled(path)


def pages_of_form(app, questionnaire, language, *cases):
    """Return (name, answer) of each page that these worked patients meet."""
    kept = {}
    for case in cases:
        onlooker = Onlooker(app, language)
        onlooker.open("/article")
        answers = worked_answers(case, questionnaire) | {"consent": "yes"}
        _Careless(onlooker.begin(), answers).answer_until("/check")
        kept |= send(onlooker).kept
    return [(f"{path} {state}", answer) for (path, state), answer in kept.items()]
