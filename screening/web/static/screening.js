// Moves the focus to the error summary, lets "None of these" clear the others, keeps
// what is typed, and asks on a shared device whether anybody is there. Pages work
// without it. Every static file shares one fingerprint, so the library is asked for with
// the one this file came with.
const library = new URL("nhsuk-frontend.min.js", import.meta.url);
library.search = new URL(import.meta.url).search;

const { Button, Checkboxes, ErrorSummary, SkipLink, createAll } = await import(library);

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Button, { preventDoubleClick: true });
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(SkipLink);

// A request that outlives the page, with what stands in a form.
function send(address, form) {
  const body = new URLSearchParams(new FormData(form));
  fetch(address, { method: "POST", body, keepalive: true }).catch(() => {});
}

const form = document.querySelector("form[data-typed]");
if (form) {
  // The answer to a post becomes a page like any other, for Back and Reload.
  if (document.querySelector(".nhsuk-error-summary")) {
    send(form.dataset.typed, form);
    history.replaceState(null, "", location.href);
  }
  const settled_ms = 2000;
  let timer = 0;
  let isTyped = false;
  const keep = () => {
    clearTimeout(timer);
    if (isTyped) {
      isTyped = false;
      send(form.dataset.typed, form);
    }
  };
  form.addEventListener("input", () => {
    isTyped = true;
    clearTimeout(timer);
    timer = setTimeout(keep, settled_ms);
  });
  form.addEventListener("submit", () => {
    isTyped = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", keep);
  addEventListener("pagehide", keep);
}

const idle = document.querySelector("dialog.screening-idle");
if (idle) {
  const second_ms = 1000;
  const tellEvery_ms = 60 * second_ms;
  const any = document.querySelector("form");
  let touched = Date.now();
  let told = touched;
  const touch = () => {
    touched = Date.now();
    idle.close();
    if (any && touched - told > tellEvery_ms) {
      told = touched;
      send(idle.dataset.here, any);
    }
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, () => idle.open || touch(), { passive: true });
  }
  const carryOn = () => {
    told = 0;
    touch();
  };
  idle.querySelector("button").addEventListener("click", carryOn);
  // Escape closes the dialog by itself: whoever presses it is there.
  idle.addEventListener("cancel", carryOn);
  setInterval(() => {
    const away_s = (Date.now() - touched) / second_ms;
    if (away_s >= Number(idle.dataset.closeAfter)) {
      location.replace(idle.dataset.close);
    } else if (away_s >= Number(idle.dataset.warnAfter) && !idle.open) {
      idle.showModal();
    }
  }, second_ms);
}
