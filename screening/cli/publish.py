"""`screening publish`: from now on patients are asked this version."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from screening import __version__
from screening.accounts.permissions import Permission
from screening.accounts.problems import AccountProblem
from screening.accounts.sign_in import open_accounts
from screening.authoring.checked import case_texts, checked
from screening.authoring.publishing import (
    NothingToWaiveError,
    NotShownError,
    Wish,
    certified,
)
from screening.cli import instance, options
from screening.cli.library import questionnaire_shelf, with_paths
from screening.cli.printing import print_problems
from screening.cli.proofs import needing_the_solver, print_changed, print_found
from screening.core.cases import read_cases
from screening.core.certificate import Basis
from screening.core.deployment import Deployment, declared
from screening.core.load import load
from screening.core.problems import DefinitionError, ProblemsError, Severity
from screening.library import kept_files
from screening.store.problems import StoreProblem
from screening.store.versions import Bundle
from screening.web.config import SECOND_PERSON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from screening.accounts.users import User
    from screening.core.cases import Case
    from screening.core.certificate import Certificate
    from screening.core.definition import Questionnaire
    from screening.library import Shelf
    from screening.store.opening import Store

SHORT = 12
"""Signs of a hash that are shown: enough to name it by."""

_HERE = "command line"


def _with_reasons(
    _: click.Context, __: click.Parameter, waived: tuple[tuple[str, str], ...]
) -> dict[str, str]:
    """Return the reason for each property; refuse one that says nothing."""
    for key, reason in waived:
        if not reason.strip() or not reason.isprintable():
            message = f'"{key}" needs a reason: a sentence on one line.'
            raise click.BadParameter(message)
    return dict(waived)


@click.command(name="publish")
@click.argument("questionnaire", metavar="QUESTIONNAIRE", required=False)
@click.option(
    "--certificate",
    "beginning",
    metavar="ID",
    help="Publish what has this certificate: to agree to it, or to go back to it.",
)
@click.option("--by", "username", required=True, help="Your user name.")
@click.option(
    "--waive",
    "waived",
    nargs=2,
    multiple=True,
    metavar="PROPERTY REASON",
    callback=_with_reasons,
    help="Publish although this property is not shown, for this reason.",
)
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)
@options.on
@instance.option
def command(
    questionnaire: str | None,
    *,
    beginning: str | None,
    username: str,
    waived: dict[str, str],
    password_stdin: bool,
    on: date,
    folder: Path,
) -> None:
    """Publish QUESTIONNAIRE, a folder or an id: patients are asked it from now on.

    It is checked, its worked patients have to come out as written, and everything that
    `screening prove` looks at has to be proved, or waived with a reason. Where only
    wording differs from what patients are asked now, the check is enough. What was
    shown is kept with the version as its certificate. Whoever has begun goes on with
    the version they began with.

    Example: screening publish draft/ocd-ketamine --by ada --instance clinic
    """
    if (questionnaire is None) is (beginning is None):
        raise click.UsageError("Name a questionnaire, or a certificate.")
    settings = instance.settings_of(folder)
    password = _password(from_stdin=password_stdin)
    store = instance.store_of(settings)
    try:
        user = _signed_in(store, username, password)
        if beginning is not None:
            _publish(store, store.certificates.find(beginning), user)
            return
        shelf = questionnaire_shelf(str(questionnaire), settings)
        made, cases = _fit(shelf, settings, on)
        before = _before(store, made, settings)
        if before is not None and _is_asked_already(made, before[1]):
            click.echo(f"Patients are asked {made.id} {made.version} already.")
            return
        if store.certificates.is_number_taken(made.id, made.version, made.sha256):
            _stop(
                f"Another {made.id} {made.version} was published — "
                "Give this one a number of its own (version: in questionnaire.yaml)."
            )
        wish = Wish(
            made=made,
            cases=cases,
            today=on,
            made_at=store.ground.clock(),
            by=user.username,
            waived=waived,
            two_are_needed=settings.get(SECOND_PERSON, "") == "1",
            before=before,
        )
        certificate = _certified(wish, shelf)
        _keep(store, made, certificate, user)
        _tell(certificate)
        _publish(store, certificate, user)
    except (StoreProblem, AccountProblem) as problem:
        instance.stop(problem)
    finally:
        store.close()


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True)
    return asked


def _signed_in(store: Store, username: str, password: str) -> User:
    """Return who this is, if they may publish; exit with status 1 if not."""
    accounts = open_accounts(store.ground)
    user = accounts.recognise(username=username, password=password, address=_HERE)
    if not user.may(Permission.PUBLISH_QUESTIONNAIRE):
        _stop(f"{user.username} is {user.role.value} and may not publish.")
    return user


def _fit(
    shelf: Shelf, settings: Mapping[str, str], on: date
) -> tuple[Questionnaire, tuple[Case, ...]]:
    """Return the questionnaire and its cases; exit with status 1 if it is not fit."""
    found = checked(shelf, _declared(settings), on)
    if found.made is None or not found.is_fit:
        errors = [one for one in found.problems if one.severity is Severity.ERROR]
        print_problems(with_paths(errors, shelf))
        _stop("Not published: the check found what has to be mended first.")
    cases = read_cases(case_texts(shelf))
    click.echo(f"Checked: {len(cases)} worked patients come out as written.")
    return found.made, cases


def _declared(settings: Mapping[str, str]) -> Deployment:
    try:
        return declared(settings)
    except ProblemsError as error:
        print_problems(error.problems)
        sys.exit(2)


def _before(
    store: Store, made: Questionnaire, settings: Mapping[str, str]
) -> tuple[Questionnaire, Certificate] | None:
    """Return what patients are asked now, and its certificate.

    None where nothing was published, or where this release can't read it any more.
    """
    published = store.certificates.published(made.id)
    if published is None:
        return None
    bundle = store.versions.load_bundle(published.certificate.sha256)
    kept = kept_files(dict(bundle.files))
    try:
        now = load(bundle.questionnaire, kept, _declared(settings))
    except DefinitionError:
        return None
    return now, published.certificate


def _is_asked_already(made: Questionnaire, now: Certificate) -> bool:
    """Tell whether patients are asked just this, shown to be right by this release."""
    return now.sha256 == made.sha256 and now.engine == __version__


def _certified(wish: Wish, shelf: Shelf) -> Certificate:
    try:
        with needing_the_solver():
            return certified(wish)
    except NothingToWaiveError as error:
        raise click.UsageError(str(error)) from None
    except NotShownError as error:
        for one in error.found:
            print_found(wish.made, one, wish.today, shelf)
            click.echo(f'  To publish all the same: --waive "{one.key}" "the reason"')
            click.echo()
        _stop(f"Not published: {error} Nothing was changed.")


def _keep(
    store: Store, made: Questionnaire, certificate: Certificate, user: User
) -> None:
    store.versions.keep_version(Bundle.of(made), actor=user.as_actor())
    store.certificates.keep(certificate, actor=user.as_actor())


def _tell(certificate: Certificate) -> None:
    if certificate.basis is Basis.WORDING:
        click.echo("Only wording differs from what patients are asked now.")
        return
    proved = sum(map(len, certificate.proved.values()))
    waived = len(certificate.waivers)
    click.echo(f"Proved: {proved} properties; {waived or 'none'} waived.")
    if certificate.compared_with is None:
        return
    if not certificate.redecided:
        click.echo("No decision differs from what patients are asked now: proved.")
    for one in certificate.redecided:
        click.echo(f"Decided otherwise: {one.before} before, {one.after} now.")
        print_changed(one.changed, one.near)


def _publish(store: Store, certificate: Certificate, user: User) -> None:
    """Publish, or say that a second person has to."""
    name = f"{certificate.questionnaire} {certificate.version}"
    short = certificate.id[:SHORT]
    second = None
    if certificate.second_is_needed:
        if user.username == certificate.by:
            click.echo(f"Kept, not published: {name} has something waived.")
            click.echo("Somebody else who may has to agree:")
            click.echo(f"  screening certificate {short}")
            click.echo(f"  screening publish --certificate {short} --by THEIR-NAME")
            return
        if not user.may(Permission.SECOND_PUBLICATION):
            _stop(f"{user.username} is {user.role.value} and may not agree to this.")
        second = user.username
    store.certificates.publish(certificate, actor=user.as_actor(), seconded_by=second)
    click.echo(f"Published: {name}. Its certificate: screening certificate {short}")


def _stop(words: str) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(1)
