"""Is each notice sent once it can be, and is a failure told and tried again?"""

from datetime import timedelta
from logging import WARNING

import pytest

from screening.notices.sender import Sender, wait_after
from screening.web.logging import ALLOWED_FIELDS
from tests.store.fixtures import submit


class Log(list):
    def __call__(self, event, *, level, **fields):
        self.append((level, event, fields))


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def sender(store, mail_server, log):
    return Sender(store.outbox, mail_server.route(), chance=lambda: 0.0, tell=log)


def ids(server):
    return [mail["Message-ID"] for mail in server.mails]


def test_everything_that_is_due_is_sent_once(sender, store, clock, mail_server, log):
    submit(store, clock, urgent=True)
    submit(store, clock, same_day=True)
    submit(store, clock)

    first, second = sender.send_due(), sender.send_due()

    assert (first.sent, second.sent) == (2, 0)
    assert len(set(ids(mail_server))) == len(ids(mail_server)) == 2
    assert log == []


def test_what_is_refused_is_told_and_sent_again_later(
    sender, store, clock, mail_server, log
):
    submit(store, clock, urgent=True)
    mail_server.refuses = "451 4.3.0 Try again"

    done = sender.send_due()

    assert (done.sent, done.failed.code) == (0, 451)
    [(level, event, fields)] = log
    assert (level, event) == (WARNING, "notice_not_sent")
    assert fields == {"reason": "SMTPRecipientsRefused", "code": 451, "count": 1}
    assert set(fields) <= ALLOWED_FIELDS
    mail_server.refuses = None
    assert sender.send_due().sent == 0
    clock.step(seconds=15)
    assert sender.send_due().sent == 1


def test_no_notice_is_given_up(sender, store, clock, mail_server):
    submit(store, clock, urgent=True)
    mail_server.refuses = "550 5.1.1 Nobody here"

    for _ in range(60):
        assert sender.send_due().failed is not None
        clock.step(minutes=15)
    mail_server.refuses = None

    assert sender.send_due().sent == 1


def test_one_that_fails_does_not_hold_back_the_others(
    sender, store, clock, mail_server
):
    for _ in range(3):
        submit(store, clock, urgent=True)
    mail_server.refuses = "451 4.3.0 Try again"
    sender.send_due()
    mail_server.refuses = None

    assert sender.send_due().sent == 2


def test_a_repeat_carries_the_id_of_the_first(store, clock, mail_server, sender):
    submit(store, clock, urgent=True)
    store.outbox.note_sent, noted = lambda *_, **__: None, store.outbox.note_sent

    sender.send_due()
    clock.step(minutes=5)
    store.outbox.note_sent = noted
    sender.send_due()

    first, second = ids(mail_server)
    assert first == second


@pytest.mark.parametrize(
    ("attempts", "whole_s"),
    [(1, 30), (2, 60), (3, 120), (5, 480), (6, 900), (7, 900), (1000, 900)],
)
def test_waits_grow_to_a_quarter_of_an_hour_and_half_of_each_is_chance(
    attempts, whole_s
):
    shortest, longest = wait_after(attempts, 0.0), wait_after(attempts, 0.999999)

    assert shortest == timedelta(seconds=whole_s) / 2
    assert timedelta(seconds=whole_s - 1) < longest < timedelta(seconds=whole_s)
