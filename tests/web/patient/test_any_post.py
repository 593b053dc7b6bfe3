"""Whatever is posted, in whatever order: no answer of the service is its own fault."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.web.patient.visitor import Visitor

TEXTS = st.one_of(
    st.sampled_from(
        ["sNaN", "1e1000000", "-1", "0", "", " ", "yes", "no", "unsure", "prefer_not"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    st.just("x" * 10_000),
)
PLACES = st.sampled_from(
    [
        "/",
        "/q",
        "/q/medicines",
        "/q/medicines/entry/1",
        "/q/safety",
        "/check",
        "/contact",
        "/help-now",
        "/receipt",
        "/receipt/copy",
        "/stop",
        "/ended/1",
        "/ended/0",
        "/i/x",
    ]
)


class AnyPatient(RuleBasedStateMachine):
    """Somebody who presses, types and goes anywhere; `app` is given by the test."""

    app = None

    @initialize()
    def begin(self):
        self.visitor = Visitor(self.app).begin()

    @rule(data=st.data())
    def answer_as_offered(self, data):
        self.press_first(lambda form: fill_as_offered(form, data))

    @rule(data=st.data())
    def answer_anything(self, data):
        self.press_first(lambda form: fill_with_anything(form, data))

    @rule(name=TEXTS, text=TEXTS)
    def add_a_field(self, name, text):
        self.press_first(lambda form: form.values.update({name: [text]}))

    @rule(revision=TEXTS)
    def write_another_revision(self, revision):
        self.press_first(lambda form: form.values.update({"revision": [revision]}))

    @rule(number=st.integers(0, 3))
    def press_a_button(self, number):
        self.press_first(lambda _: None, number)

    @rule(path=PLACES)
    def go_somewhere(self, path):
        self.visitor.open(path)
        assert self.visitor.status < 500

    def press_first(self, change, number=0):
        forms = self.visitor.forms
        if forms:
            form = forms[number % len(forms)]
            change(form)
            self.visitor.press(form)
        assert self.visitor.status < 500


def fill_as_offered(form, data):
    for name in form.names:
        offered = form.options.get(name)
        form.values[name] = [data.draw(st.sampled_from(offered or ["1"]))]


def fill_with_anything(form, data):
    for name in form.names:
        form.values[name] = [data.draw(TEXTS)]


def test_no_order_of_posts_makes_a_fault(app):
    AnyPatient.app = app

    run_state_machine_as_test(
        AnyPatient,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
