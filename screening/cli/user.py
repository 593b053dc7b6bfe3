"""`screening user`: who of the staff may sign in?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from screening.accounts.permissions import Role
from screening.accounts.problems import AccountProblem, UserUnknown
from screening.accounts.sign_in import open_accounts
from screening.cli import instance
from screening.store.audit import Actor
from screening.store.problems import StoreProblem
from screening.web.config import ADDRESS

_ACTOR = Actor.service("command-line")
_ROLES = click.Choice([role.value for role in Role])
_NO_ADDRESS = "https://YOUR-ADDRESS"


@click.group(name="user")
def command() -> None:
    """Keep the accounts of the staff.

    Example: screening user add ada --role clinician --instance clinic
    """


@command.command(name="add")
@click.argument("username")
@click.option("--role", type=_ROLES, required=True)
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
    click.echo("A second step (an app or a passkey) is set up at the first sign-in.")


@command.command(name="invite")
@click.argument("name")
@click.option("--role", type=_ROLES, required=True)
@instance.option
def invite(name: str, role: str, folder: Path) -> None:
    """Print a link with which NAME makes an account; it works once, for three days.

    Example: screening user invite "Ada Quill" --role clinician --instance clinic
    """
    settings = instance.settings_of(folder)
    store = instance.store_of(settings)
    try:
        made = open_accounts(store.ground).staff_invitations.invite(
            display_name=name, role=Role(role), actor=_ACTOR
        )
    except (AccountProblem, StoreProblem) as problem:
        instance.stop(problem)
    finally:
        store.close()
    address = settings.get(ADDRESS) or _NO_ADDRESS
    click.echo(f"{address}/clinic/join/{made.token}")
    click.echo(f"Good until {made.expires_at:%Y-%m-%d %H:%M} UTC, once.", err=True)


@command.command(name="list")
@instance.option
def list_all(folder: Path) -> None:
    """Print every account: user name, role, name, and what it signs in with.

    Example: screening user list --instance clinic
    """
    store = instance.store_of(instance.settings_of(folder))
    try:
        accounts = open_accounts(store.ground)
        for user in accounts.users.everybody():
            held = accounts.own_factors.of_user(user.id)
            state = "closed" if user.is_disabled else "open"
            step = "no second step yet" if held.is_empty else "second step"
            click.echo(
                f"{user.username}  {user.role.value}  {state}, {step}"
                f"  {user.display_name}"
            )
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()


@command.command(name="reset")
@click.argument("username")
@instance.option
def reset(username: str, folder: Path) -> None:
    """Take USERNAME's second step away; a new one is set up at the next sign-in.

    For somebody who looks after accounts and lost a phone, every passkey and every
    recovery code; for anybody else, they do the same on the page of the staff.

    Example: screening user reset ada --instance clinic
    """
    store = instance.store_of(instance.settings_of(folder))
    try:
        accounts = open_accounts(store.ground)
        user = accounts.users.named(username)
        if user is None:
            raise UserUnknown
        accounts.own_factors.reset(user.id, actor=_ACTOR)
    except (AccountProblem, StoreProblem) as problem:
        instance.stop(problem)
    finally:
        store.close()
    click.echo(f"{user.username} sets up a new second step at the next sign-in.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
