// Asks twice a second whether a file was saved or a page answered, and shows it.
const body = document.body;
const frame = document.querySelector("iframe");

// The coordinator's page for the page of the form that is in the frame by now.
function desk() {
  const here = new URL(location.href);
  const inside = frame?.contentWindow.location.pathname ?? "";
  if (inside.startsWith("/show/")) {
    here.pathname = inside.replace("/show/", "/page/");
  }
  return here;
}

// The frame is left alone: an answer may be half typed there.
async function beside() {
  const here = desk();
  const answer = await fetch(here, { cache: "no-store" });
  const text = await answer.text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const side = ".screening-preview__side";
  document.querySelector(side).replaceWith(fresh.querySelector(side));
  body.dataset.tried = fresh.body.dataset.tried;
  document.title = fresh.title;
  history.replaceState(null, "", here);
}

async function look() {
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    const state = await answer.json();
    if (String(state.stamp) !== body.dataset.stamp) {
      const here = desk();
      if (state.page) here.pathname = `/page/${encodeURIComponent(state.page)}`;
      location.replace(here);
      return;
    }
    if (String(state.tried) !== body.dataset.tried) await beside();
  } catch {
    // The preview was stopped; it is asked again in case it is started once more.
  }
  setTimeout(look, 500);
}

look();
