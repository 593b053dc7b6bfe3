"""`screening audit`: is the trail of who did what still as it was written?"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from screening.cli import instance, options
from screening.cli.printing import print_json
from screening.store.audit import Actor, AuditHead
from screening.store.audit_reading import AuditReading
from screening.store.problems import StoreProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.store.added import Broken
    from screening.store.submissions import Reference

_ACTOR = Actor.service("command-line")
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})", re.ASCII)


def _head(_: click.Context, __: click.Parameter, told: str | None) -> AuditHead | None:
    """Return the last row of the trail at some moment, as it was printed then."""
    if told is None:
        return None
    found = _HEAD.fullmatch(told)
    if found is None:
        message = "write it as it was printed: a number, a colon, 64 signs."
        raise click.BadParameter(message)
    return AuditHead(seq=int(found[1]), mac=found[2])


@click.group(name="audit")
def command() -> None:
    """Look after the audit trail.

    Example: screening audit verify --instance clinic
    """


@command.command(name="verify")
@click.option(
    "--noted",
    callback=_head,
    metavar="HEAD",
    help="A head that was printed earlier: the trail has to hold it still.",
)
@options.as_json
@instance.option
def verify(*, noted: AuditHead | None, as_json: bool, folder: Path) -> None:
    """Check that no row of the audit trail was changed, added or taken out.

    Every decision that was signed is held against it: its text, its hash, and the
    version before it.

    The last line is the head: keep it outside of the database, and give it with
    --noted the next time. Without that, rows that were cut off at the end are not
    missed. Exit status 1 when the trail is not as it was written.

    Example: screening audit verify --instance clinic
    """
    store = instance.store_of(instance.settings_of(folder))
    try:
        found = AuditReading(store.ground).check(_ACTOR, noted)
        signed, odd = store.decisions.check_all()
    except StoreProblem as problem:
        instance.stop(problem)
    finally:
        store.close()
    head = f"{found.head.seq}:{found.head.mac}" if found.head else None
    if as_json:
        broken = [f"{where} version {one.number}: {one.what}" for where, one in odd]
        print_json(
            {
                "checked": found.checked,
                "broken_at": found.broken_seq,
                "head": head,
                "decisions": signed,
                "decisions_broken": broken,
            }
        )
        sys.exit(not found.is_whole or bool(odd))
    _tell_decisions(signed, odd)
    if found.is_whole:
        click.echo(f"The audit trail is whole: {found.checked} rows.")
        click.echo(f"Head: {head}")
    else:
        click.echo(
            f"The audit trail is not as it was written, from row {found.broken_seq} "
            f"on; {found.checked} rows before it are."
        )
    sys.exit(not found.is_whole or bool(odd))


def _tell_decisions(signed: int, odd: Sequence[tuple[Reference, Broken]]) -> None:
    for where, one in odd:
        click.echo(
            f"{where}: version {one.number} of the decision is not as it was signed: "
            f"{one.what}. The signature no longer matches."
        )
    if not odd:
        click.echo(f"Every signed decision is as it was signed: {signed}.")
