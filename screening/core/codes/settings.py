"""Codes of a clinic's settings, which are read when the service starts."""

from __future__ import annotations

from screening.core.codes.code import Code

SETTINGS = (
    Code(
        code="SC901",
        title="A setting holds a line break or a control character",
        why="It would break the page or the log that it is shown in.",
        mend="Write it as one line of text.",
    ),
    Code(
        code="SC902",
        title="A setting is too long",
        why="It stands in sentences that patients read.",
        mend="Write it shorter.",
    ),
    Code(
        code="SC903",
        title="A setting is missing",
        why="The service can't start without it.",
        mend="Set it as the message says.",
    ),
    Code(
        code="SC904",
        title="Debugging is on",
        why="Error pages would show what patients answered.",
        mend="Unset the variable that is named.",
    ),
    Code(
        code="SC905",
        title="A setting that does not exist",
        why="A misspelt setting would have no effect.",
        mend="Correct the spelling.",
    ),
    Code(
        code="SC906",
        title="A setting that is neither 1 nor 0",
        why="It is a yes or a no.",
        mend="Write 1 for yes, 0 for no.",
    ),
    Code(
        code="SC907",
        title="There is no database",
        why="Answers would be kept nowhere.",
        mend="Set SCREENING_DATABASE to an address of SQLite or PostgreSQL.",
    ),
    Code(
        code="SC908",
        title="A database of another kind",
        why="The store is written for SQLite and PostgreSQL.",
        mend="Begin the address with `sqlite:///` or `postgresql://`.",
    ),
    Code(
        code="SC909",
        title="The keys can't be used",
        why="Answers are kept sealed, and can't be sealed or read without keys.",
        mend="Do as the message says. Never copy a key into a message or a ticket.",
    ),
    Code(
        code="SC910",
        title="The setting does not name a questionnaire",
        why="The service would ask nothing.",
        mend="Write the name of the questionnaire's folder.",
    ),
    Code(
        code="SC911",
        title="The folder of questionnaires is not there",
        why="The service would ask nothing.",
        mend=(
            "Name the folder that holds the questionnaires, or unset the setting to"
            " use the shipped ones."
        ),
    ),
    Code(
        code="SC912",
        title="The setting does not name a locale",
        why="The crisis numbers of another country, or none, would be shown.",
        mend="Write a locale that locales.yaml has.",
    ),
    Code(
        code="SC913",
        title="A way of identifying patients that does not exist",
        why="The form could not ask who it is from.",
        mend="Write one of the words that the message lists.",
    ),
    Code(
        code="SC914",
        title="A time zone that does not exist",
        why="The day of a submission would be wrong near midnight.",
        mend="Write a name such as Europe/London.",
    ),
    Code(
        code="SC915",
        title="The number of proxies is none",
        why="The service would believe the wrong address.",
        mend="Write how many proxies of your own stand in front, 0 to 9.",
    ),
    Code(
        code="SC916",
        title="The number of days that drafts are kept is none",
        why="Drafts would be kept for ever, or not at all.",
        mend="Write a whole number of days.",
    ),
    Code(
        code="SC917",
        title="A use of instruments that does not exist",
        why="Licences are compared with what the clinic declares.",
        mend="Write uses from the list in the message, with commas between them.",
    ),
    Code(
        code="SC918",
        title="Nothing was published",
        why="Patients are asked a version only after it was shown to be right.",
        mend="Publish one with `screening publish`, or, to try things out, write "
        "SCREENING_PUBLISHING=checked.",
    ),
    Code(
        code="SC919",
        title="Published for other uses of instruments",
        why="Licences are compared with what the clinic declares. With other pages, it "
        "would not be the questionnaire that was shown to be right.",
        mend="Set what the clinic declares back, or publish again.",
    ),
    Code(
        code="SC920",
        title="A way of publishing that does not exist",
        why="It says what a version needs before patients are asked it.",
        mend="Write proved, or, to try things out, checked.",
    ),
    Code(
        code="SC921",
        title="The file of crisis numbers can't be read",
        why="A patient in danger would be shown nothing to call.",
        mend="Put locales.yaml into the folder of the questionnaires.",
    ),
    Code(
        code="SC922",
        title="There are no crisis numbers for where no country is chosen",
        why="A patient in danger would be shown nothing to call.",
        mend="Add `default:` to locales.yaml.",
    ),
    Code(
        code="SC923",
        title="The clinic's locale is not in locales.yaml",
        why="The crisis numbers of another country, or none, would be shown.",
        mend="Add it to locales.yaml, or correct the setting.",
    ),
    Code(
        code="SC924",
        title="Crisis numbers were not checked for a long time",
        why="Numbers change, and a dead line is worse than none.",
        mend="Call or look up each number, then write the day beside them.",
    ),
    Code(
        code="SC925",
        title="A locale has no emergency number",
        why="A patient in danger would be shown nothing to call.",
        mend="Add `emergency:`.",
    ),
    Code(
        code="SC926",
        title="A locale has no crisis line",
        why="A patient in need would be shown nobody to talk to.",
        mend="Add `crisis:` with a name and a contact.",
    ),
    Code(
        code="SC927",
        title="The day on which numbers were checked is none",
        why="Nobody could tell how old they are.",
        mend="Write it as year-month-day.",
    ),
    Code(
        code="SC928",
        title="The clinic's seal can't be used",
        why="The PDFs that it should sign would go out unsigned.",
        mend=(
            "Do as the message says, or unset SCREENING_SEAL_FILE and"
            " SCREENING_SEAL_PASSPHRASE_FILE to sign nothing."
        ),
    ),
    Code(
        code="SC929",
        title="Other crisis numbers in another language",
        why="A patient would call a number that nobody meant, or miss one.",
        mend="Write the same numbers in the same order under `said:`.",
    ),
    Code(
        code="SC930",
        title="The clinic's colour is not one",
        why="Header, buttons and links would have no colour of their own.",
        mend="Write six hexadecimal digits after a `#`, such as `#1f4f4c`.",
    ),
    Code(
        code="SC931",
        title="The clinic's colour is too light",
        why=(
            "Header and buttons have white words, which many could not read on it"
            " (contrast below 4.5 to 1)."
        ),
        mend="Take the nearest darker one, which the message names.",
    ),
    Code(
        code="SC932",
        title="The clinic's logo can't be shown",
        why=(
            "It stands on every page: it is a small picture, and may bring neither a"
            " script nor anything from elsewhere."
        ),
        mend="Do as the message says, or unset SCREENING_LOGO to show the name alone.",
    ),
    Code(
        code="SC933",
        title="The address of the service is none",
        why="Passkeys are tied to it, and links for the staff begin with it.",
        mend="Write https:// and the host, and nothing after it but a port.",
    ),
    Code(
        code="SC940",
        title="A setting of the notices is missing, or belongs to none",
        why="A notice that can't be sent is found out too late.",
        mend=(
            "Set SCREENING_NOTICE_TO, SCREENING_NOTICE_FROM, SCREENING_SMTP and"
            " SCREENING_ADDRESS, or none of them to send no mail."
        ),
    ),
    Code(
        code="SC941",
        title="The setting does not hold one mail address",
        why="The clinic would not be told that something urgent waits.",
        mend="Write one address without a name, such as clinic@example.org.",
    ),
    Code(
        code="SC942",
        title="The setting does not name a mail server",
        why="The clinic would not be told that something urgent waits.",
        mend="Write its name and port, such as mail.example.org:587.",
    ),
    Code(
        code="SC943",
        title="The way to the mail server is not closed",
        why="Anybody on the way could read, change or keep back what is sent.",
        mend="Write starttls, or tls; none is for a server on the same machine alone.",
    ),
    Code(
        code="SC944",
        title="The user of the mail server has no password that can be used",
        why="The server would accept no mail.",
        mend=(
            "Set SCREENING_SMTP_USER, and SCREENING_SMTP_PASSWORD_FILE to a file that"
            " only the service can read and whose first line is the password."
        ),
    ),
    Code(
        code="SC945",
        title="The setting does not say where the pages are",
        why="Mail to the clinic holds a link to its queue.",
        mend="Write the beginning of their addresses, such as https://example.org.",
    ),
)
