"""What do the clinic's pages work with? The records, accounts and questionnaires.

`blueprint` leaves one `Clinic` in the application that its pages stand in; views
ask for it with `current_clinic()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app
from flask.sansio.app import App

from screening.accounts.sign_in import Accounts
from screening.store.opening import Store
from screening.web.questionnaires import Questionnaires

_NAME = "screening-clinic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """The store, the accounts, and every version of the questionnaires.

    `ring` has a worker make the export with this id.
    """

    store: Store
    accounts: Accounts
    questionnaires: Questionnaires
    ring: Callable[[str], object]


def put_clinic(app: App, clinic: Clinic) -> None:
    """Leave `clinic` in the application, where `current_clinic` finds it."""
    app.extensions[_NAME] = clinic


def current_clinic() -> Clinic:
    """Return what the clinic's pages of this application work with."""
    # Only put_clinic writes under this name, and only a Clinic.
    return cast("Clinic", current_app.extensions[_NAME])
