// Asks twice a second whether a file was saved, and shows what it says then.
const stamp = document.body.dataset.stamp;

async function look() {
  try {
    const answer = await fetch("/state", { cache: "no-store" });
    const state = await answer.json();
    if (String(state.stamp) !== stamp) {
      const here = new URL(location.href);
      if (state.page) here.pathname = `/page/${encodeURIComponent(state.page)}`;
      location.replace(here);
      return;
    }
  } catch {
    // The preview was stopped; it is asked again in case it is started once more.
  }
  setTimeout(look, 500);
}

look();
