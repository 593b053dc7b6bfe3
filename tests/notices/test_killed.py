"""Is no notice lost, whenever a process is killed?

Processes of their own are killed with SIGKILL: senders while a server has their mail
and before they could note it, and services while they submit.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from screening.store.tables import NoticeRow, SubmissionRow
from tests.notices.conftest import MailServer, serving
from tests.store.fixtures import opened, submit

ROOT = Path(__file__).parents[2]
NOTICES = 6


def started(script, *arguments):
    """Start a script of this folder, and return once it says that it runs."""
    process = subprocess.Popen(
        [sys.executable, Path(__file__).parent / script, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "running\n"
    return process


def ended(process):
    process.wait(timeout=60)
    process.stdout.close()
    return process.returncode


@pytest.fixture
def telling(url, clock):
    store = opened(url, clock, has_notices=True)
    yield store
    store.close()


def test_a_sender_killed_before_it_could_note_a_mail_sends_it_again(
    telling, clock, url
):
    for _ in range(NOTICES):
        submit(telling, clock, urgent=True)
    server, senders, codes = MailServer(), [], []

    def kill_each_once(mail):
        if len(codes) < NOTICES:
            os.kill(senders[-1].pid, signal.SIGKILL)

    server.on_mail = kill_each_once
    with serving(server):
        # Each one starts when what the one before had taken is due again.
        while len(codes) <= NOTICES:
            senders.append(started("sending.py", url, server.port, 5 * len(codes)))
            codes.append(ended(senders[-1]))

    assert codes == [-signal.SIGKILL] * NOTICES + [0]
    came = Counter(mail["Message-ID"] for mail in server.mails)
    assert len(came) == NOTICES
    assert max(came.values()) > 1
    with telling.database.reading() as session:
        unsent = select(func.count()).where(NoticeRow.sent_at.is_(None))
        assert session.scalar(unsent) == 0


def test_a_service_killed_while_it_submits_keeps_a_notice_of_each(tmp_path, clock):
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    store = opened(url, clock, has_notices=True)
    acknowledged = set()
    for pause_s in (0.02, 0.11, 0.05, 0.17, 0.3):
        service = started("submitting.py", url)
        time.sleep(pause_s)
        service.kill()
        acknowledged |= set(service.stdout.read().split())
        ended(service)

    with store.database.reading() as session:
        kept = set(session.scalars(select(SubmissionRow.reference)))
        told = set(
            session.scalars(
                select(SubmissionRow.reference).join(
                    NoticeRow, NoticeRow.submission_id == SubmissionRow.id
                )
            )
        )
    store.close()
    assert acknowledged
    assert acknowledged <= kept
    assert kept == told
