// What of NHS.UK frontend the pages use; the build makes one small file of it.
export { createAll } from "nhsuk-frontend/dist/nhsuk/index.mjs";
export { Button } from "nhsuk-frontend/dist/nhsuk/components/button/button.mjs";
export { Checkboxes } from "nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs";
export { ErrorSummary } from "nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs";
export { SkipLink } from "nhsuk-frontend/dist/nhsuk/components/skip-link/skip-link.mjs";
