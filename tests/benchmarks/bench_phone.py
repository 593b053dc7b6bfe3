"""How soon can a patient do something on a slow phone? Each page of one journey.

    python -m tests.benchmarks.bench_phone

Chromium runs with a quarter of the processor (4x throttling) and as on slow 4G: 1.6
megabits a second down, 750 kilobits up, 150 ms for a round trip; the cache is empty at
the start and kept, as a patient's is. A page is interactive once it is loaded
and painted and no task of more than 50 ms runs any more; the clock starts when the
patient presses the button, and so includes the post. Nothing is asserted: how busy the
machine is shows.
"""

import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from screening.cli.demo import make_demo
from screening.core.load import load
from screening.library import shelf_for
from screening.web.logging import set_up_logging
from screening.web.service import open_service
from tests.browser.conftest import BROWSERS, OFFLINE, QuietHandler
from tests.browser.person import Person
from tests.web.patient.cases import worked_answers

BAR_MS = 2000
SLOWER = 4
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}

NOTE_LONG_TASKS = """
window.lastLongTask = 0;
new PerformanceObserver((list) => { for (const task of list.getEntries())
    window.lastLongTask = Math.max(window.lastLongTask, task.startTime + task.duration);
}).observe({type: 'longtask', buffered: true});
"""
TIMES = """() => new Promise((done) => setTimeout(() => {
    const page = performance.getEntriesByType('navigation')[0];
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const painted = paint ? paint.startTime : page.domContentLoadedEventEnd;
    done({
        read: page.domContentLoadedEventEnd,
        painted,
        interactive: Math.max(page.loadEventEnd, painted, window.lastLongTask),
        bytes: page.transferSize,
    });
}, 60))"""


@dataclass(frozen=True)
class Took:
    """One page: its address, and milliseconds after the press; bytes of its HTML."""

    path: str
    read: float
    painted: float
    interactive: float
    bytes: int

    def __str__(self):
        late = "" if self.interactive <= BAR_MS else f"  over {BAR_MS}"
        return (
            f"{self.path:34} {self.read:6.0f} {self.painted:6.0f} "
            f"{self.interactive:6.0f} {self.bytes:7}{late}"
        )


def measured(address):
    """Walk one journey on a slow phone; print and return what each page took."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    shelf = shelf_for("ocd-ketamine")
    questionnaire = load(shelf.questionnaire_id, shelf.read)
    answers = worked_answers("L1", questionnaire) | {"consent": "yes"}
    took = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(OFFLINE))
        context = browser.new_context(
            base_url=address,
            viewport={"width": 375, "height": 812},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
        )
        context.add_init_script(NOTE_LONG_TASKS)
        page = context.new_page()
        page.set_default_timeout(60_000)
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW_4G)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

        def note(shown):
            times = shown.evaluate(TIMES)
            took.append(Took(path=Person(shown, {}).path, **times))
            print(took[-1], flush=True)

        person = Person(page, answers, look=note)
        person.start_from_the_article().answer_to_the_receipt()
        browser.close()
    return took


def main():
    """Print what each page took, and how many kept to the bar."""
    print("milliseconds after the press: read, first paint, interactive; bytes of HTML")
    # Each request is logged as ever; only nobody reads it.
    set_up_logging(io.StringIO())
    with tempfile.TemporaryDirectory() as folder:
        app = open_service(make_demo(Path(folder) / "demo"))
        server = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler
        )
        Thread(target=server.serve_forever, daemon=True).start()
        took = measured(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        server.server_close()
    times = [one.interactive for one in took]
    within = sum(one <= BAR_MS for one in times)
    print(
        f"interactive: median {median(times):.0f} ms, slowest {max(times):.0f} ms; "
        f"{within} of {len(times)} pages within {BAR_MS} ms"
    )


if __name__ == "__main__":
    main()
