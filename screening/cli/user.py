"""`screening user`: who of the staff may sign in?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.accounts.permissions import Role
from screening.accounts.problems import AccountProblem
from screening.accounts.sign_in import open_accounts
from screening.cli import instance
from screening.store.audit import Actor
from screening.store.problems import StoreProblem

_ACTOR = Actor.service("command-line")


@click.group(name="user")
def command() -> None:
    """Keep the accounts of the staff.

    Example: screening user add ada --role clinician --instance clinic
    """


@command.command(name="add")
@click.argument("username")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", "display_name", help="The name that others see.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)
@instance.option
def add(
    username: str,
    role: str,
    display_name: str | None,
    *,
    password_stdin: bool,
    folder: Path,
) -> None:
    """Make an account for USERNAME; the password is asked for and never shown.

    Example: screening user add ada --role clinician --instance clinic
    """
    password = _password(from_stdin=password_stdin)
    store = instance.store_of(instance.settings_of(folder))
    try:
        user = open_accounts(store.ground).users.create(
            username=username,
            display_name=display_name or username,
            role=Role(role),
            password=password,
            actor=_ACTOR,
        )
    except (AccountProblem, StoreProblem) as problem:
        instance.stop(problem)
    finally:
        store.close()
    click.echo(f"{user.username} can sign in as {user.role.value}.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
