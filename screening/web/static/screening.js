// Moves the focus to the error summary and lets "None of these" clear the others.
// Pages work without it. Every static file shares one fingerprint, so the library is
// asked for with the one this file came with.
const library = new URL("nhsuk-frontend.min.js", import.meta.url);
library.search = new URL(import.meta.url).search;

const { Button, Checkboxes, ErrorSummary, SkipLink, createAll } = await import(library);

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(SkipLink);
