"""Who fills in the form in these tests? A browser without script that reads forms.

A `Visitor` knows only what stands on a page: it finds the form, its fields and their
values as a browser would, changes what it is told, and presses the button.
"""

from html.parser import HTMLParser

from flask.testing import FlaskClient

UNIT = "-unit"
"""What the name of the unit of a number ends with."""


class Form:
    """A form as it stands on a page: where it posts, and what it would post."""

    def __init__(self, action):
        self.action = action
        self.values = {}
        self.options = {}
        self.kinds = {}

    def add(self, kind, attributes):
        name = attributes.get("name")
        if not name:
            return
        value = attributes.get("value", "on" if kind == "checkbox" else "")
        self.kinds[name] = kind
        if kind in {"radio", "checkbox"}:
            self.options.setdefault(name, []).append(value)
            if "checked" in attributes:
                self.values.setdefault(name, []).append(value)
        else:
            self.values.setdefault(name, []).append(value)

    @property
    def names(self):
        """The names of answers, in the order of the page, states left out."""
        known = dict.fromkeys([*self.kinds])
        ours = ("-state", UNIT)
        return [n for n in known if n.startswith("q-") and not n.endswith(ours)]

    def fill(self, name, value):
        """Answer one question with the value of an answers file."""
        if f"{name}-day" in self.kinds or f"{name}-month" in self.kinds:
            parts = dict(zip(("year", "month", "day"), value.split("-"), strict=False))
            for part, text in parts.items():
                self.values[f"{name}-{part}"] = [text]
            return
        words = [posted(one) for one in (value if isinstance(value, list) else [value])]
        options = self.options.get(name)
        if options is None and words[0] in self.options.get(f"{name}-state", []):
            self.values[name] = [""]
            self.values[f"{name}-state"] = words
            return
        if options is not None:
            words = words or [one for one in options if one == "none"]
            assert set(words) <= set(options), (name, words, options)
        self.values[name] = words
        if f"{name}{UNIT}" in self.kinds:
            # A number alone is in the first unit, which a person has to choose.
            self.values[f"{name}{UNIT}"] = ["kg"]

    def body(self):
        return {name: value for name, value in self.values.items() if value}


def answer_to(answers, key, number):
    """Return a worked patient's answer to a field; `number` is the entry's, or 0."""
    head, _, rest = key.partition(".")
    value = answers.get(head)
    if number:
        return value[number - 1].get(rest)
    if rest:
        return (value or {}).get(rest)
    if head in REPEATS and isinstance(value, list):
        return "yes" if value else "no"
    return value


def posted(value):
    """Return the value as a form posts it; files write yes and no as truths too."""
    return {"true": "yes", "false": "no"}.get(str(value).lower(), str(value))


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms = []
        self.texts = []
        self._open = None
        self._area = None
        self._heading = None
        self.heading = ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form":
            self._open = Form(attributes["action"])
            self.forms.append(self._open)
        elif tag == "input" and self._open is not None:
            self._open.add(attributes.get("type", "text"), attributes)
        elif tag in {"textarea", "select"} and self._open is not None:
            self._open.add(tag, attributes)
        elif tag == "h1":
            self._heading = ""

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None
        elif tag == "h1" and self._heading is not None:
            self.heading, self._heading = self._heading.strip(), None

    def handle_data(self, data):
        if self._heading is not None:
            self._heading += data


class Visitor:
    """One browser: where it is, what it shows, and the ways a person uses it."""

    def __init__(self, app):
        self.client = FlaskClient(app, app.response_class, use_cookies=True)
        self.client.environ_base["wsgi.url_scheme"] = "https"
        self.client.environ_base["HTTP_HOST"] = "clinic.example"
        self.client.environ_base["SERVER_PORT"] = "443"
        self.response = None
        self.path = None
        self.seen = []
        self._reader = None

    @property
    def text(self):
        return self.response.text

    @property
    def status(self):
        return self.response.status_code

    @property
    def heading(self):
        return self._read().heading

    @property
    def forms(self):
        return self._read().forms

    def open(self, path):
        self.response = self.client.get(path, follow_redirects=True)
        return self._arrived()

    def post(self, path, data=None):
        """Post as a form of this page would, with its token."""
        body = {"csrf_token": self.form().values["csrf_token"], **(data or {})}
        self.response = self.client.post(path, data=body, follow_redirects=True)
        return self._arrived()

    def press(self, form):
        """Press the form's button; follow where it leads."""
        self.response = self.client.post(
            form.action, data=form.body(), follow_redirects=True
        )
        return self._arrived()

    def form(self, ending=""):
        """Return the first form whose address ends so."""
        return next(f for f in self._read().forms if f.action.endswith(ending))

    def begin(self):
        self.open("/")
        return self.press(self.form("/start"))

    def answer(self, **answers):
        """Answer questions of this page by id, and press its button."""
        form = self.form(self.path)
        for question, value in answers.items():
            form.fill(f"q-{question}", value)
        return self.press(form)

    def _arrived(self):
        self._reader = None
        self.path = self.response.request.path
        self.seen.append(self.path)
        return self

    def _read(self):
        if self._reader is None:
            self._reader = _Reader()
            self._reader.feed(self.text)
        return self._reader


class Patient:
    """Answers every question that is asked as a worked patient does."""

    def __init__(self, visitor, answers, *, most_pages=150):
        self.visitor = visitor
        self.answers = answers
        self.most_pages = most_pages
        self.help_seen = []

    def answer_until(self, ending):
        """Go on, page by page, until a page whose address ends so."""
        for _ in range(self.most_pages):
            visitor = self.visitor
            if visitor.path.endswith(ending):
                return self
            if visitor.path == "/help-now":
                self.help_seen.append(visitor.heading)
                visitor.press(visitor.form("/help-now"))
            elif visitor.path.startswith("/q/"):
                self._answer_page()
            else:
                break
        message = f"never reached {ending}: at {self.visitor.path}"
        raise AssertionError(message)

    def _answer_page(self):
        visitor = self.visitor
        form = visitor.form(visitor.path)
        in_entry = "/entry/" in visitor.path
        number = int(visitor.path.rsplit("/", 1)[1]) if in_entry else 0
        for name in form.names:
            key = name.removeprefix("q-")
            for part in ("-day", "-month", "-year"):
                key = key.removesuffix(part)
            value = answer_to(self.answers, key, number)
            if (value is not None and value != []) or isinstance(value, list):
                form.fill(f"q-{key}", value)
        if not in_entry and self._has_more_entries():
            visitor.open(f"{visitor.path}/entry/{self._listed() + 1}")
            return
        visitor.press(form)

    def _listed(self):
        return self.visitor.text.count('id="entry-')

    def _has_more_entries(self):
        for repeat, page in REPEATS.items():
            if self.visitor.path == f"/q/{page}" and self._listed():
                return self._listed() < len(self.answers.get(repeat) or [])
        return False


REPEATS = {
    "medicine_trials": "medicines-for-ocd",
    "augmentation_trials": "added-medicines",
    "medicines": "medicines",
}
