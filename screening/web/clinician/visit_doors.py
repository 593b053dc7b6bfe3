"""By which pages are answers confirmed at a visit, and letters written?"""

from screening.accounts.permissions import Permission
from screening.web.clinician import letters, visit, wording
from screening.web.clinician.gate import Route

VISITS = (
    Route(
        method="GET",
        address="/clinic/wording",
        name="wording",
        permission=Permission.SEE_WORDING,
        view=wording.show,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/visit",
        name="visit",
        permission=Permission.CONFIRM_ANSWERS,
        view=visit.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/visit",
        name="save_visit",
        permission=Permission.CONFIRM_ANSWERS,
        view=visit.save,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/letter",
        name="letters",
        permission=Permission.WRITE_LETTER,
        view=letters.show,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/letter/draft",
        name="draft_letter",
        permission=Permission.WRITE_LETTER,
        view=letters.draft,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/letter/preview",
        name="preview_letter",
        permission=Permission.WRITE_LETTER,
        view=letters.preview,
        shows_submission=True,
    ),
    Route(
        method="POST",
        address="/clinic/submissions/<reference>/letter/release",
        name="release_letter",
        permission=Permission.WRITE_LETTER,
        view=letters.release,
        shows_submission=True,
    ),
    Route(
        method="GET",
        address="/clinic/submissions/<reference>/letter/<number>.pdf",
        name="letter_pdf",
        permission=Permission.WRITE_LETTER,
        view=letters.download,
        shows_submission=True,
    ),
)
