"""`make fuzz`: nothing but problems comes out of the loader, whatever goes in.

    python -m tests.fuzz.run files MINUTES
    python -m tests.fuzz.run rules MINUTES

Files are mutated from those that the checker knows (good ones and broken ones), each
put among good neighbours and checked whole; rules are mutated from those of the shipped
questionnaire. What comes out has to be problems, and no input of 256 KiB or less may
take more than a second of CPU: the slowest is printed as it is met.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["screening.core"]):
    from screening.core.expression import Sort
    from screening.core.problems import Problem
    from screening.core.source import MOST_BYTES
    from tests.core.broken import BROKEN, problems_among_good
    from tests.core.names import made

MOST_SECONDS = 1.0
_slowest = [0.0]


class TooSlowError(Exception):
    """An input that takes longer than a coordinator would wait."""


def timed(work):
    """Return a target that measures what `work` takes for each input."""

    def target(data):
        start = time.process_time()
        work(data)
        taken = time.process_time() - start
        if taken > _slowest[0]:
            _slowest[0] = taken
            # The fuzzer ends the process by itself, so that this is told on the way.
            print(f"slowest so far: {taken:.3f} s for {len(data)} bytes", flush=True)
        if taken > MOST_SECONDS and len(data) <= MOST_BYTES:
            raise TooSlowError(taken)

    return target


def check_file(data):
    """Check a file of this content among good ones."""
    found = problems_among_good(data)
    assert all(isinstance(one, Problem) for one in found)


def check_rule(data):
    """Read a rule of this text."""
    found = made(data.decode("utf-8", "replace"), Sort.TRUTH)
    assert found


def corpus_of(kind, folder):
    """Write what mutation begins with into a folder."""
    if kind == "files":
        for path in BROKEN.rglob("*.yaml"):
            (folder / f"{path.parent.name}-{path.name}").write_bytes(path.read_bytes())
        return
    rules = Path("questionnaires/ocd-ketamine/questionnaire.yaml").read_text("utf-8")
    for number, line in enumerate(rules.splitlines()):
        name, _, rule = line.strip().partition(": ")
        if name in {"when", "ask_if", "must", "never", "always"}:
            (folder / str(number)).write_text(rule, "utf-8")


def main(kind, minutes):
    """Fuzz for so many minutes."""
    target = timed(check_file if kind == "files" else check_rule)
    with tempfile.TemporaryDirectory() as folder:
        corpus_of(kind, Path(folder))
        seconds = int(float(minutes) * 60)
        longest = MOST_BYTES if kind == "files" else 4500
        options = [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={longest}",
            f"-artifact_prefix={os.environ.get('FUZZ_FOUND', '.')}/",
            "-timeout=10",
            "-rss_limit_mb=4096",
            folder,
        ]
        atheris.Setup(options, target)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
