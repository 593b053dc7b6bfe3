"""Is a mail handed over only to the right server, and is every refusal told?"""

from email.message import EmailMessage
from socket import create_server
from threading import Thread

import pytest

from screening.notices import post
from screening.notices.post import NotAccepted, hand_over
from screening.notices.route import Security
from tests.notices.conftest import PASSWORD, USER


@pytest.fixture
def mail():
    mail = EmailMessage()
    mail["Subject"] = "An urgent submission waits"
    mail.set_content("Open the queue.")
    return mail


def closed(server, **changes):
    usual = {"host": "localhost", "user": USER, "password": PASSWORD}
    return server.route(**(usual | changes))


def test_a_server_on_this_machine_takes_it(mail_server, mail):
    hand_over(mail, mail_server.route())

    assert [each["Subject"] for each in mail_server.mails] == [mail["Subject"]]


def test_starttls_and_the_password_come_before_the_mail(closed_server, mail):
    hand_over(mail, closed(closed_server, security=Security.STARTTLS))

    assert closed_server.users == [USER]
    assert len(closed_server.mails) == 1


def test_a_server_that_is_closed_from_the_beginning_takes_it(
    server_that_is_closed_at_once, mail
):
    hand_over(
        mail,
        server_that_is_closed_at_once.route(host="localhost", security=Security.TLS),
    )

    assert len(server_that_is_closed_at_once.mails) == 1


def test_a_wrong_password_is_told_with_the_servers_number(closed_server, mail):
    route = closed(closed_server, security=Security.STARTTLS, password="wrong")

    with pytest.raises(NotAccepted) as refused:
        hand_over(mail, route)

    assert (refused.value.reason, refused.value.code) == (
        "SMTPAuthenticationError",
        535,
    )
    assert closed_server.mails == []


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_server_that_nobody_vouches_for_is_given_nothing(
    request, security, mail, monkeypatch
):
    name = {
        Security.STARTTLS: "closed_server",
        Security.TLS: "server_that_is_closed_at_once",
    }[security]
    server = request.getfixturevalue(name)
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(NotAccepted, match="SSLCertVerificationError"):
        hand_over(mail, closed(server, security=security))

    assert (server.mails, server.users) == ([], [])


def test_a_certificate_for_another_name_is_not_good(closed_server, mail):
    route = closed(closed_server, host="127.0.0.1", security=Security.STARTTLS)

    with pytest.raises(NotAccepted, match="SSLCertVerificationError"):
        hand_over(mail, route)

    assert (closed_server.mails, closed_server.users) == ([], [])


def test_a_server_without_starttls_is_given_nothing(mail_server, mail):
    with pytest.raises(NotAccepted, match="SMTPNotSupportedError"):
        hand_over(mail, mail_server.route(security=Security.STARTTLS))

    assert mail_server.mails == []


def test_a_refused_recipient_is_told_without_the_servers_words(mail_server, mail):
    mail_server.refuses = "550 5.1.1 nobody@clinic.example is not here"

    with pytest.raises(NotAccepted) as refused:
        hand_over(mail, mail_server.route())

    assert refused.value.code == 550
    assert "nobody" not in str(refused.value)


def test_a_server_that_is_not_there_is_told(mail_server, mail):
    with create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]

    with pytest.raises(NotAccepted, match="ConnectionRefusedError"):
        hand_over(mail, mail_server.route(port=port))


def test_a_server_that_says_nothing_is_not_waited_for(mail_server, mail, monkeypatch):
    monkeypatch.setattr(post, "TIMEOUT_S", 0.2)
    with (
        create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(NotAccepted, match="SMTPServerDisconnected"),
    ):
        hand_over(mail, mail_server.route(port=silent.getsockname()[1]))


def test_a_server_whose_challenge_makes_no_sense_has_not_taken_it(mail_server, mail):
    said = [b"220 x\r\n", b"250-x\r\n250 AUTH LOGIN\r\n", b"334 a\r\n"]
    with create_server(("127.0.0.1", 0)) as odd:
        talk = Thread(target=_say, args=(odd, said), daemon=True)
        talk.start()
        route = closed(
            mail_server,
            host="127.0.0.1",
            port=odd.getsockname()[1],
            security=Security.NONE,
        )

        with pytest.raises(NotAccepted):
            hand_over(mail, route)
        talk.join()


def _say(server, lines):
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as heard:
        for line in lines:
            connection.sendall(line)
            heard.readline()


def test_a_server_that_leaves_without_a_farewell_has_taken_it(mail_server, mail):
    async def leave(server, session, envelope):
        server.transport.close()
        return "221 Bye"

    mail_server.handle_QUIT = leave

    hand_over(mail, mail_server.route())

    assert len(mail_server.mails) == 1
