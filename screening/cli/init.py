"""`screening init`: make a clinic's own instance."""

from __future__ import annotations

from pathlib import Path

import click

from screening.cli import instance
from screening.cli.instance import DATABASE, FOLDER, KEYS, SEAL, SETTINGS
from screening.store.keys import create_key_file
from screening.store.problems import StoreProblem

_SETTINGS = """\
# The settings of this clinic. Every name can be set in the environment instead.
SCREENING_KEY_FILE={keys}
SCREENING_DATABASE=sqlite:///{database}

# What patients read. The first three have to be filled in before it can be served.
SCREENING_CLINIC_NAME=
SCREENING_CONTACT_ROUTE=
SCREENING_CLINIC_DAYS=
# SCREENING_CLINIC_CONTACT=your own doctor
# SCREENING_MONITORING_STATEMENT=No one is reading this right now.

# Patients are asked what was published (screening publish): checked, and proved. With
# 1, a second person agrees to whatever is published without proof.
# SCREENING_SECOND_PERSON=1

# Where the clinic is: the numbers for a crisis, and the day it is.
# SCREENING_LOCALE=UK
# SCREENING_TIME_ZONE=Europe/London

# How patients are known: invitation, contact or anonymous.
# SCREENING_IDENTITY=contact

# The colour of header, buttons and links, dark enough for white words.
# SCREENING_COLOUR=#1f4f4c

# A small picture (SVG or PNG) in the header, in place of the name in words.
# SCREENING_LOGO=/etc/screening/logo.svg

# What signs the clinician's PDFs: a certificate with its key (PKCS#12), as `screening
# seal` makes one, and a file whose first line opens it, if it needs that.
# SCREENING_SEAL_FILE={seal}
# SCREENING_SEAL_PASSPHRASE_FILE=

# Where browsers find the service. Passkeys are tied to it, and mail leads there.
# SCREENING_ADDRESS=https://screening.example.org

# Who is told by mail that an urgent or same-day submission waits, and through which
# server (name:port; starttls, or tls).
# SCREENING_NOTICE_TO=staff@clinic.example
# SCREENING_NOTICE_FROM=screening@clinic.example
# SCREENING_SMTP=mail.clinic.example:587
# SCREENING_SMTP_TLS=starttls
# SCREENING_SMTP_USER=
# SCREENING_SMTP_PASSWORD_FILE=

# How many proxies of your own stand in front of the service.
# SCREENING_TRUSTED_PROXIES=1
"""


@click.command(name="init")
@click.argument(
    "folder", default=FOLDER, type=click.Path(file_okay=False, path_type=Path)
)
def command(folder: Path) -> None:
    """Make an instance in FOLDER: keys that only you can read, settings, database.

    Example: screening init clinic
    """
    try:
        make_instance(folder)
    except (StoreProblem, OSError) as problem:
        instance.stop(problem)
    click.echo(f"Made {folder}: {KEYS}, {SETTINGS} and the database.")
    click.echo("Keep a copy of the keys elsewhere: without them no answer can be read.")
    click.echo(f"Next: fill in {folder / SETTINGS}, then run")
    click.echo(f"  screening user add NAME --role clinician --instance {folder}")
    click.echo(f"  screening publish ocd-ketamine --by NAME --instance {folder}")
    click.echo(f"  screening serve --instance {folder}")
    click.echo("Somebody who looks after accounts invites the others in a browser:")
    click.echo(f"  screening user add NAME --role administrator --instance {folder}")


def make_instance(folder: Path) -> None:
    """Make the folder and what belongs in it; nothing that is there is replaced.

    Raises:
        KeyProblem: there are keys already, or the folder can't be written to.
        OSError: the folder can't be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    create_key_file(folder / KEYS)
    home = folder.resolve()
    settings = folder / SETTINGS
    if not settings.exists():
        text = _SETTINGS.format(
            keys=home / KEYS, database=home / DATABASE, seal=home / SEAL
        )
        settings.write_text(text, "utf-8")
    instance.store_of(instance.settings_of(folder)).close()
