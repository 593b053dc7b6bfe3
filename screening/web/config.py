"""What a deployment says about itself, read from the environment once, all or nothing.

`Config.from_environment` collects every problem it finds and refuses to start with the
whole list: which variable, what is wrong with it, what to write instead. Values that
open something (the database address, the keys) are kept out of `repr`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from screening.core.deployment import (
    PERMITTED_VARIABLE,
    USES_VARIABLE,
    Deployment,
    declared,
)
from screening.core.problems import Problem, ProblemsError, did_you_mean
from screening.notices.route import SETTINGS as NOTICE_SETTINGS
from screening.notices.route import Route, configured_route
from screening.report.signing import (
    PASSPHRASE_FILE,
    SEAL_FILE,
    Seal,
    SealProblem,
    configured_seal,
)
from screening.resources import questionnaires_folder
from screening.store.keys import ENVIRONMENT_VARIABLE, KeyRing, load_keys
from screening.store.problems import KeyProblem
from screening.tongue import noted
from screening.web.colour import (
    ENOUGH,
    WHITE,
    Colour,
    contrast,
    darker_until_it_reads,
    read_colour,
)
from screening.web.logo import Logo, LogoProblem, read_logo

DEFAULT_QUESTIONNAIRE = "ocd-ketamine"
DEFAULT_MONITORING_STATEMENT = noted("No one is reading this right now.")
DEFAULT_CLINIC_CONTACT = noted("your own doctor")

ADDRESS = "SCREENING_ADDRESS"
"""Where browsers find the service: https:// and the host, with a port if need be."""

SECOND_PERSON = "SCREENING_SECOND_PERSON"
"""1 where a second person agrees to what is published without proof."""

DEFAULT_DRAFT_DAYS = 14
MOST_DRAFT_DAYS = 30
"""How long answers that are not sent may be kept at the most."""

LONGEST_TEXT = 200
"""How many characters a name or sentence of the clinic may have."""

_PREFIX = "SCREENING_"
_KNOWN = (
    "SCREENING_DATABASE",
    "SCREENING_KEY_FILE",
    ENVIRONMENT_VARIABLE,
    "SCREENING_QUESTIONNAIRE",
    "SCREENING_QUESTIONNAIRES",
    "SCREENING_PUBLISHING",
    SECOND_PERSON,
    "SCREENING_LOCALE",
    "SCREENING_CLINIC_NAME",
    "SCREENING_CLINIC_CONTACT",
    "SCREENING_CONTACT_ROUTE",
    "SCREENING_CLINIC_DAYS",
    "SCREENING_MONITORING_STATEMENT",
    "SCREENING_IDENTITY",
    "SCREENING_TIME_ZONE",
    "SCREENING_TRUSTED_PROXIES",
    "SCREENING_DRAFT_DAYS",
    "SCREENING_COLOUR",
    "SCREENING_LOGO",
    SEAL_FILE,
    PASSPHRASE_FILE,
    *NOTICE_SETTINGS,
    USES_VARIABLE,
    PERMITTED_VARIABLE,
    "SCREENING_INSECURE_DEMO",
)
_OFF = frozenset({"", "0", "false", "no"})
_DATABASE = re.compile(r"(?:sqlite|postgresql)(?:\+[a-z0-9]+)?://")
_QUESTIONNAIRE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ADDRESS = re.compile(r"https://[a-z0-9]+(?:[.-][a-z0-9]+)*(?::[0-9]{1,5})?", re.ASCII)
_LOCALE_NAME = re.compile(r"[A-Z]{2}")


class ConfigProblem(ProblemsError):  # noqa: N818 - the name a deployer reads
    """The deployment cannot start as it is configured; `problems` says why."""

    exit_code = 2
    """What a program that is stopped by this returns to its caller."""


class Identity(StrEnum):
    """How the clinic knows whose answers these are."""

    INVITATION = "invitation"
    CONTACT = "contact"
    ANONYMOUS = "anonymous"


class Publishing(StrEnum):
    """What a version needs before patients are asked it."""

    PROVED = "proved"
    """Somebody published it: checked, its worked patients right, its proofs done."""
    CHECKED = "checked"
    """The checker has nothing against the files. For trying things out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One deployment's settings; each field is one `SCREENING_…` variable.

    `key_ring` comes from `SCREENING_KEY_FILE` or `SCREENING_KEYS`, whichever is set.
    `locale` is a two-letter key of `locales.yaml`, or None while none is chosen.
    `address` is where browsers find the service; where it is None, what a request says.
    `trusted_proxies` counts the proxies of our own that stand in front. `draft_days`
    is for how many days answers that were not sent are kept after the last one. Where
    `colour` is None, header, buttons and links have the project's own; where `logo` is
    None, the clinic's name stands in words. `seal` signs the clinician's PDFs; where it
    is None they are not signed. `notices` is how the clinic is told of what can't wait;
    where it is None it is not told.
    """

    database: str = field(repr=False)
    key_ring: KeyRing = field(repr=False)
    questionnaire: str = DEFAULT_QUESTIONNAIRE
    questionnaires: Path = field(default_factory=questionnaires_folder)
    publishing: Publishing = Publishing.PROVED
    locale: str | None = None
    clinic_name: str
    clinic_contact: str = DEFAULT_CLINIC_CONTACT
    contact_route: str
    clinic_days: str
    monitoring_statement: str = DEFAULT_MONITORING_STATEMENT
    identity: Identity = Identity.CONTACT
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    address: str | None = None
    trusted_proxies: int = 0
    draft_days: int = DEFAULT_DRAFT_DAYS
    colour: Colour | None = None
    logo: Logo | None = field(default=None, repr=False)
    seal: Seal | None = field(default=None, repr=False)
    notices: Route | None = None
    deployment: Deployment = field(default_factory=Deployment)
    insecure_demo: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Config:
        """Return the settings in `environment` (default: this process's own).

        Raises ConfigProblem with every problem there is.
        """
        return _Reading(os.environ if environment is None else environment).config()


class _Reading:
    """One pass over the environment that remembers each problem and goes on."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[Problem] = []

    def config(self) -> Config:
        self._refuse_debugging()
        self._refuse_misspelt_names()
        demo = self._yes_or_no("SCREENING_INSECURE_DEMO")
        identity = self._identity()
        # Where nobody is followed up, no reply is promised that needs words.
        needs_no_words = demo or identity is Identity.ANONYMOUS
        key_ring = self._key_ring()
        database = self._database()
        questionnaire = self._questionnaire()
        questionnaires = self._questionnaires()
        publishing = self._publishing()
        locale = self._locale()
        clinic_name = self._needed(
            "SCREENING_CLINIC_NAME",
            "Write the name patients know the clinic by.",
            instead="Demonstration clinic" if demo else None,
        )
        contact_route = self._needed(
            "SCREENING_CONTACT_ROUTE",
            'Write how the clinic will be in touch, such as "phone".',
            instead=noted("phone") if needs_no_words else None,
        )
        clinic_days = self._needed(
            "SCREENING_CLINIC_DAYS",
            'Write how soon, such as "five working days".',
            instead=noted("five working days") if needs_no_words else None,
        )
        clinic_contact = self._text("SCREENING_CLINIC_CONTACT")
        monitoring_statement = self._text("SCREENING_MONITORING_STATEMENT")
        time_zone = self._time_zone()
        address = self._address()
        trusted_proxies = self._trusted_proxies()
        draft_days = self._draft_days()
        colour = self._colour()
        logo = self._logo()
        seal = self._seal()
        notices = self._notices()
        deployment = self._deployment()
        if self.problems or key_ring is None:
            raise ConfigProblem(self.problems)
        return Config(
            database=database,
            key_ring=key_ring,
            questionnaire=questionnaire,
            questionnaires=questionnaires,
            publishing=publishing,
            locale=locale,
            clinic_name=clinic_name,
            clinic_contact=clinic_contact or DEFAULT_CLINIC_CONTACT,
            contact_route=contact_route,
            clinic_days=clinic_days,
            monitoring_statement=monitoring_statement or DEFAULT_MONITORING_STATEMENT,
            identity=identity,
            time_zone=time_zone,
            address=address,
            trusted_proxies=trusted_proxies,
            draft_days=draft_days,
            colour=colour,
            logo=logo,
            seal=seal,
            notices=notices,
            deployment=deployment,
            insecure_demo=demo,
        )

    def _problem(self, code: str, what: str, fix: str) -> None:
        self.problems.append(Problem(code=code, what=what, fix=fix))

    def _text(self, name: str) -> str | None:
        text = self.environment.get(name, "").strip()
        if not text.isprintable():
            what = f"{name} holds a line break or another control character"
            self._problem("SC901", what, "Write it as one line of text.")
        elif len(text) > LONGEST_TEXT:
            what = f"{name} is {len(text)} characters long"
            self._problem("SC902", what, f"Keep it at {LONGEST_TEXT} or fewer.")
        return text or None

    def _needed(self, name: str, fix: str, *, instead: str | None) -> str:
        text = self._text(name) or instead
        if text is None:
            self._problem("SC903", f"{name} is not set", fix)
        return text or ""

    def _refuse_debugging(self) -> None:
        for name in ("FLASK_DEBUG", "FLASK_TESTING"):
            if self.environment.get(name, "").lower() not in _OFF:
                what = f"{name} is on, and would show patients' answers on error pages"
                self._problem("SC904", what, f"Unset {name}.")

    def _refuse_misspelt_names(self) -> None:
        for name in sorted(self.environment):
            if name.startswith(_PREFIX) and name not in _KNOWN:
                # Names unlike any of ours belong to somebody else's tool.
                own = [known.removeprefix(_PREFIX) for known in _KNOWN]
                near = did_you_mean(name.removeprefix(_PREFIX), own)
                if near.startswith("Did you mean"):
                    fix = did_you_mean(name, _KNOWN)
                    self._problem("SC905", f"there is no setting {name}", fix)

    def _yes_or_no(self, name: str) -> bool:
        text = self._text(name) or "0"
        if text not in {"0", "1"}:
            self._problem("SC906", f'{name} is "{text}"', "Write 1 (yes) or 0 (no).")
        return text == "1"

    def _database(self) -> str:
        address = self._text("SCREENING_DATABASE")
        if address is None:
            fix = (
                "Write an address such as sqlite:////var/lib/screening/clinic.sqlite3."
            )
            self._problem("SC907", "SCREENING_DATABASE is not set", fix)
            return ""
        # The address may hold a password, so it is not shown.
        if not _DATABASE.match(address):
            what = "SCREENING_DATABASE is not an address of SQLite or PostgreSQL"
            self._problem("SC908", what, "Begin it with sqlite:/// or postgresql://.")
        return address

    def _key_ring(self) -> KeyRing | None:
        file_name = self._text("SCREENING_KEY_FILE")
        keys = self.environment.get(ENVIRONMENT_VARIABLE, "").strip()
        try:
            return load_keys(
                path=Path(file_name) if file_name else None,
                environment={ENVIRONMENT_VARIABLE: keys} if keys else {},
            )
        except KeyProblem as problem:
            self._problem("SC909", f"{problem.where}: {problem.what}", problem.fix)
            return None

    def _questionnaire(self) -> str:
        name = self._text("SCREENING_QUESTIONNAIRE") or DEFAULT_QUESTIONNAIRE
        if not _QUESTIONNAIRE_NAME.fullmatch(name):
            what = "SCREENING_QUESTIONNAIRE is not the name of a questionnaire's folder"
            fix = "Use small letters, digits and hyphens, such as ocd-ketamine."
            self._problem("SC910", what, fix)
        return name

    def _questionnaires(self) -> Path:
        folder = self._text("SCREENING_QUESTIONNAIRES")
        if folder is None:
            return questionnaires_folder()
        if not Path(folder).is_dir():
            what = f"SCREENING_QUESTIONNAIRES names {folder}, which is not a folder"
            fix = "Name the folder that holds the questionnaires, or unset it."
            self._problem("SC911", what, fix)
        return Path(folder).absolute()

    def _publishing(self) -> Publishing:
        name = self._text("SCREENING_PUBLISHING") or Publishing.PROVED.value
        if name not in set(Publishing):
            what = f'SCREENING_PUBLISHING is "{name}"'
            self._problem("SC920", what, did_you_mean(name, list(Publishing)))
            return Publishing.PROVED
        return Publishing(name)

    def _locale(self) -> str | None:
        name = self._text("SCREENING_LOCALE")
        if name is not None and not _LOCALE_NAME.fullmatch(name):
            what = f'SCREENING_LOCALE is "{name}"'
            fix = "Write two capital letters that locales.yaml knows, such as US or UK."
            self._problem("SC912", what, fix)
        return name

    def _identity(self) -> Identity:
        name = self._text("SCREENING_IDENTITY") or Identity.CONTACT.value
        if name not in set(Identity):
            what = f'SCREENING_IDENTITY is "{name}"'
            self._problem("SC913", what, did_you_mean(name, list(Identity)))
            return Identity.CONTACT
        return Identity(name)

    def _time_zone(self) -> ZoneInfo:
        name = self._text("SCREENING_TIME_ZONE") or "UTC"
        # ZoneInfo answers an unknown name with KeyError, a path with ValueError and
        # a folder's name with OSError.
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            what = f'SCREENING_TIME_ZONE is "{name}", which is not a known time zone'
            fix = "Write an IANA name such as Europe/London or America/New_York."
            self._problem("SC914", what, fix)
            return ZoneInfo("UTC")

    def _address(self) -> str | None:
        address = self._text(ADDRESS)
        if address is not None and not _ADDRESS.fullmatch(address):
            what = f'{ADDRESS} is "{address}"'
            fix = "Write https:// and the host, such as https://screening.example.org."
            self._problem("SC933", what, fix)
        return address

    def _draft_days(self) -> int:
        text = self._text("SCREENING_DRAFT_DAYS") or str(DEFAULT_DRAFT_DAYS)
        if text not in map(str, range(1, MOST_DRAFT_DAYS + 1)):
            what = f'SCREENING_DRAFT_DAYS is "{text}"'
            fix = f"Write a whole number of days, 1 to {MOST_DRAFT_DAYS}."
            self._problem("SC916", what, fix)
            return DEFAULT_DRAFT_DAYS
        return int(text)

    def _colour(self) -> Colour | None:
        text = self._text("SCREENING_COLOUR")
        if text is None:
            return None
        colour = read_colour(text)
        if colour is None:
            what = f'SCREENING_COLOUR is "{text}"'
            fix = 'Write six digits after a "#", such as "#1f4f4c".'
            self._problem("SC930", what, fix)
        elif (found := contrast(colour, WHITE)) < ENOUGH:
            what = (
                f"SCREENING_COLOUR is {colour}, on which white text has a contrast of"
                f" {found:.1f}, below {ENOUGH}"
            )
            near = darker_until_it_reads(colour, (str(WHITE),))
            self._problem("SC931", what, f"Write {near}, the nearest, or a darker one.")
        return colour

    def _logo(self) -> Logo | None:
        name = self._text("SCREENING_LOGO")
        if name is None:
            return None
        try:
            return read_logo(Path(name))
        except LogoProblem as problem:
            what = f"SCREENING_LOGO names {name}, which {problem.what}"
            self._problem("SC932", what, problem.fix)
            return None

    def _seal(self) -> Seal | None:
        names = (SEAL_FILE, PASSPHRASE_FILE)
        texts = {name: self._text(name) or "" for name in names}
        try:
            return configured_seal(texts)
        except SealProblem as problem:
            self._problem("SC928", f"{problem.where}: {problem.what}", problem.fix)
            return None

    def _notices(self) -> Route | None:
        texts = {name: self._text(name) or "" for name in NOTICE_SETTINGS}
        try:
            return configured_route(texts)
        except ProblemsError as error:
            self.problems += error.problems
            return None

    def _deployment(self) -> Deployment:
        try:
            return declared(self.environment)
        except ProblemsError as error:
            self.problems += error.problems
            return Deployment()

    def _trusted_proxies(self) -> int:
        text = self._text("SCREENING_TRUSTED_PROXIES") or "0"
        if text not in set("0123456789"):
            what = f'SCREENING_TRUSTED_PROXIES is "{text}"'
            fix = "Write how many proxies of your own stand in front: 0 to 9."
            self._problem("SC915", what, fix)
            return 0
        return int(text)
