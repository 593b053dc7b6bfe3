"""What happens between a patient's first answer and a clinician's first look?

A clinic's questionnaire is read from a file, asked page by page, scored and judged,
and summed up for the clinician. The packages, from the ground up: ``core`` says what
a questionnaire means, ``store`` keeps answers, ``report`` draws the summary,
``accounts`` knows the staff, ``web`` serves the pages and ``cli`` the commands.
"""

__version__ = "0.1.0"
