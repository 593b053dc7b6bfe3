"""What stands in the window where a coordinator began a preview?"""

import os
import re
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from tests.core.building import DEFINITIONS

PROGRAM = "from screening.cli import main; main()"


@pytest.fixture
def preview(tmp_path):
    given = ["preview", str(DEFINITIONS / "branching"), "--no-open", "--port", "0"]
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", PROGRAM, *given],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_it_says_where_it_is_and_then_no_more(preview):
    said = [preview.stdout.readline() for _ in range(2)]
    port = re.search(r"http://127\.0\.0\.1:(\d+)/", said[0])[1]
    connection = HTTPConnection("127.0.0.1", int(port), timeout=30)
    connection.request("GET", "/page/-")
    page = connection.getresponse().read().decode("utf-8")
    connection.close()

    preview.terminate()
    left, complained = preview.communicate(timeout=30)

    assert "Nothing to mend" in page
    assert "Stop it with Ctrl+C" in said[1]
    assert (left, complained) == ("", "")
