"""What does a page of questions cost beside a view written by hand for that page?

    python -m tests.benchmarks.bench_web

The floor is one Flask view that knows its ten questions: the same token, parsing,
record encryption and one durable commit, with a template of its own. CPU time is that
of this process, through Flask's test client, the client's own share included in both.
"""

import base64
import io
import re
import secrets
import tempfile
import time
from pathlib import Path

from flask import Flask, redirect, render_template
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import DictLoader
from wtforms import RadioField
from wtforms.validators import InputRequired

from screening.core.load import load
from screening.library import shelf_for
from screening.store.audit import Actor
from screening.store.drafts import DraftContent
from screening.store.keys import KeyRing, parse_key_ring
from screening.store.migrations import upgrade
from screening.store.opening import Store, open_store
from screening.store.outside import utc_now
from screening.store.versions import Bundle
from screening.web.config import Config, Publishing
from screening.web.logging import set_up_logging
from screening.web.service import open_service

ROUNDS = 5
REQUESTS = 60
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
REVISION = re.compile(r'name="revision"\s+value="(\d+)"')

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Your mood</title></head>
<body><main><h1>Your mood in the last 2 weeks</h1>
{% if form.errors %}<div role="alert"><ul>
{% for name, errors in form.errors.items() %}
<li><a href="#{{ name }}">{{ errors[0] }}</a></li>{% endfor %}</ul></div>{% endif %}
<form method="post">{{ form.csrf_token }}
{% for field in form if field.name != "csrf_token" %}
<fieldset><legend>{{ field.label.text }}</legend>
{% for option in field %}<div>{{ option }} {{ option.label }}</div>{% endfor %}
</fieldset>{% endfor %}
<button>Continue</button></form></main>
<footer><p>In an emergency call <a href="tel:911">911</a></p></footer></body></html>"""


def ring() -> KeyRing:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    text = (
        f'{{"encryption": [{{"id": "k1", "key": "{key()}"}}], "audit": "{key()}",'
        f' "cookies": "{key()}", "codes": "{key()}"}}'
    )
    return parse_key_ring(text, where="benchmark")


def floor(folder: Path, items: list[tuple[str, str, list[tuple[str, str]]]]) -> Flask:
    """One view that knows its ten questions, over the same store."""
    store: Store = open_store(f"sqlite:///{folder}/floor.sqlite3", ring())
    upgrade(store.database.engine)
    bundle = Bundle(sha256="5e" * 32, questionnaire="floor", version="1", files={})
    store.versions.keep_version(bundle, actor=Actor.service("benchmark"))
    content = DraftContent(started_at=utc_now())
    draft_id = store.drafts.create(
        bundle.sha256, content, actor=Actor.service("benchmark")
    ).id

    app = Flask(__name__)
    app.jinja_loader = DictLoader({"mood.html": PAGE})
    app.config.update(SECRET_KEY=secrets.token_bytes(32), WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    fields = {
        name: RadioField(ask, choices=choices, validators=[InputRequired()])
        for name, ask, choices in items
    }
    form_class = type("MoodForm", (FlaskForm,), fields)

    @app.route("/mood", methods=["GET", "POST"])
    def mood():
        draft = store.drafts.read(draft_id)
        given = draft.content.answers.get("phq9", {})
        form = form_class(data={name: str(one) for name, one in given.items()})
        if form.validate_on_submit():
            answers = {name: int(form[name].data) for name in fields}
            content = DraftContent(
                started_at=draft.content.started_at,
                answers={**draft.content.answers, "phq9": answers},
                visited=("mood",),
            )
            store.drafts.write(draft_id, content, expected_revision=draft.revision)
            return redirect("/mood", 303)
        return render_template("mood.html", form=form)

    return app


def cpu_ms(action, requests: int = REQUESTS) -> float:
    """Return the least CPU time of one call over several rounds, in milliseconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(requests):
            action()
        best = min(best, (time.process_time() - start) / requests * 1000)
    return best


def measured_floor(folder: Path) -> tuple[float, float]:
    shelf = shelf_for("ocd-ketamine")
    phq9 = load(shelf.questionnaire_id, shelf.read).instruments["phq9"]
    items = [
        (one.id, one.ask, [(option.value, option.label) for option in one.options])
        for one in phq9.items
    ]
    client = floor(folder, items).test_client()
    token = TOKEN.search(client.get("/mood").text)[1]
    answers = {item.id: "0" for item in phq9.items} | {"csrf_token": token}

    def post():
        assert client.post("/mood", data=answers).status_code == 303

    post()
    return cpu_ms(lambda: client.get("/mood").text), cpu_ms(post)


def measured_service(folder: Path) -> tuple[float, float]:
    config = Config(
        database=f"sqlite:///{folder}/service.sqlite3",
        key_ring=ring(),
        locale="US",
        clinic_name="Riverside Clinic",
        contact_route="phone",
        clinic_days="five working days",
        publishing=Publishing.CHECKED,
        insecure_demo=True,
    )
    client = open_service(config).test_client()

    def token() -> dict[str, str]:
        text = client.get("/q", follow_redirects=True).text
        found = REVISION.search(text)
        return {
            "csrf_token": TOKEN.search(text)[1],
            "revision": found[1] if found else "",
        }

    first = {"csrf_token": TOKEN.search(client.get("/").text)[1]}
    client.post("/start", data=first)
    no = dict.fromkeys((f"q-asq.q{number}" for number in (1, 2, 3, 4)), "no")
    pages = {
        "about-you": {"q-for_self": "yes", "q-age": "40", "q-guardian": "no"},
        "right-now": {
            "q-chest_pain_now": "no",
            "q-stroke_signs_today": "no",
            "q-memory": "none",
        },
        "safety": no,
    }
    for page, answers in pages.items():
        reply = client.post(f"/q/{page}", data=answers | token())
        assert reply.status_code == 303, page
    answers = {f"q-phq9.q{number}": "0" for number in range(1, 10)}
    answers |= {"q-phq9.difficulty": "0"} | token()

    def post():
        assert client.post("/q/mood", data=answers).status_code == 303
        answers["revision"] = str(int(answers["revision"]) + 1)

    post()
    return cpu_ms(lambda: client.get("/q/mood").text), cpu_ms(post)


def main() -> None:
    # Each request is logged as ever; only nobody reads it.
    set_up_logging(io.StringIO())
    with tempfile.TemporaryDirectory() as name:
        low_get, low_post = measured_floor(Path(name))
        get, post = measured_service(Path(name))
    for what, floor_ms, ms in (("GET", low_get, get), ("POST", low_post, post)):
        print(
            f"page of ten questions, {what}: {ms:.2f} ms of CPU, "
            f"by hand {floor_ms:.2f} ms, {ms / floor_ms:.2f} times"
        )


if __name__ == "__main__":
    main()
