"""How does a test decide about a submission? As a clinician does, page by page."""

import re
from html import unescape

from tests.web.clinician.conftest import PASSWORD

REVISION = re.compile(r'name="revision" value="(\d+)"')
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')
NOT_NOW = {"decision": "not_now", "reason": "Sertraline has not been tried in full."}


def words(answer):
    """Give a page's text, in reading order, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def home(reference):
    return f"/clinic/submissions/{reference}/decision"


def begin(browser, reference):
    browser.get(f"/clinic/submissions/{reference}")
    return browser.post(f"{home(reference)}/begin")


def revision_in(answer):
    return REVISION.search(answer.text)[1]


def save(browser, reference, *, then="preview", revision=None, **fields):
    """Type into the form as it stands, and press a button."""
    page = browser.get(f"{home(reference)}/draft")
    read = revision or revision_in(page)
    return browser.post(f"{home(reference)}/draft", revision=read, then=then, **fields)


def write(browser, reference, **fields):
    """Begin, or go on, and save what will be signed."""
    begin(browser, reference)
    return save(browser, reference, **(fields or NOT_NOW))


def sign(browser, reference, password=PASSWORD):
    """Sign what the page shows."""
    page = browser.get(f"{home(reference)}/sign")
    seen = SEEN.search(page.text)[1]
    return browser.post(f"{home(reference)}/sign", seen=seen, password=password)


def decide(browser, reference, **fields):
    """Write and sign; give the page that shows it."""
    assert write(browser, reference, **fields).status_code == 303
    assert sign(browser, reference).status_code == 303
    return browser.get(home(reference))
