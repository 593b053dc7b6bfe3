"""`screening …`: what can be done from a terminal?

Each command is a file of this package and is imported only when it runs, since a
check of a file in an editor has to be quick. The exit status is 0 when it was done,
1 when the input has problems, 2 when the command was used wrongly.
"""

from __future__ import annotations

from importlib import import_module

import click

from screening import __version__

_COMMANDS = {
    "check": ("check", "Read a questionnaire and print every problem it has."),
    "evaluate": ("evaluate", "Print what one or more answers files come to."),
    "score": ("score", "Score one instrument alone."),
    "cases": ("cases", "Run the worked patients beside a questionnaire."),
    "prove": ("prove", "Prove what it does for every possible patient."),
    "cover": ("cover", "Say what worked patients show, and write who shows the rest."),
    "diff": ("diff", "Show which patients two versions decide differently."),
    "forecast": ("forecast", "Say what would come of simulated patients."),
    "publish": ("publish", "Have patients asked a version that was shown to be right."),
    "certificate": ("certificate", "Print what was shown of a published version."),
    "map": ("map", "Draw a questionnaire: pages, branches, what is decided where."),
    "preview": ("preview", "Show a questionnaire in a browser while it is edited."),
    "explain": ("explain", "Say what a part of a questionnaire does."),
    "translate": ("translate", "List what is to be translated, or write it in."),
    "summary": ("summary", "Write the clinician's PDF of answers files."),
    "verify": (
        "verify",
        "Check that a PDF says what the clinic's record says, and who signed it.",
    ),
    "new": ("new", "Make a small questionnaire to begin with."),
    "fmt": ("fmt", "Lay out files in the one form, comments kept."),
    "schema": ("schema", "Print the JSON Schema of a kind of file, for editors."),
    "init": ("init", "Make a clinic's own instance: keys, settings, database."),
    "seal": ("seal", "Make what signs the clinician's PDFs."),
    "serve": ("serve", "Serve the clinic's pages."),
    "export": ("export", "Write many submissions into one file."),
    "work": ("work", "Do what is done beside the pages, in a process of its own."),
    "notices": ("notices", "Send the mail to the clinic that waits."),
    "user": ("user", "Keep the accounts of the staff."),
    "audit": ("audit", "Check the trail of who did what."),
    "pack": ("pack", "Import a licence holder's text of an instrument."),
    "demo": ("demo", "Serve a demonstration clinic with invented patients."),
}


class _Commands(click.Group):
    """A group whose commands are imported one by one, on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a reader needs them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now; None when there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"screening.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Clinic pre-screening: check questionnaires, score answers, serve a clinic."""
