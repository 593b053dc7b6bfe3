// Says that something new waits, and shows it without losing one's place.
// The page works without it: its link asks for the same part of the list again.

const EVERY_MS = 30_000;

const news = document.querySelector("[data-clinic-news]");
const [polite, atOnce] = news.querySelectorAll("[role]");
const again = news.querySelector("a");
let said = "";

again.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    await renew();
  } catch {
    location.assign(again.href);
  }
});

setInterval(ask, EVERY_MS);

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(news.dataset.clinicNews).catch(() => null);
  if (!answer?.ok) return;
  const { words, urgent } = await answer.json();
  if (words === said) return;
  said = words;
  (urgent ? atOnce : polite).textContent = words;
  (urgent ? polite : atOnce).textContent = "";
}

// The list anew: what was ticked stays so, and the focus stays where it was.
async function renew() {
  const answer = await fetch(again.href);
  if (!answer.ok) throw new Error(answer.status);
  const text = await answer.text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const ticked = [...document.querySelectorAll("[name=chosen]:checked")];
  const focused = place(document.activeElement);
  for (const part of [".clinic-counts", ".clinic-queue", ".clinic-news__line"]) {
    const old = document.querySelector(part);
    const found = fresh.querySelector(part);
    // A list that was empty, or is now, changes more than its rows.
    if (!old || !found) throw new Error(part);
    old.replaceChildren(...found.childNodes);
  }
  for (const one of ticked) {
    const box = document.querySelector(`[name=chosen][value="${one.value}"]`);
    if (box) box.checked = true;
  }
  news.dataset.clinicNews = fresh.querySelector("[data-clinic-news]").dataset.clinicNews;
  said = polite.textContent = "";
  atOnce.textContent = "";
  (focused && document.querySelector(focused))?.focus({ preventScroll: true });
  polite.textContent = "The list is up to date.";
}

function place(one) {
  if (one.name === "chosen") return `[name=chosen][value="${one.value}"]`;
  if (one.closest(".clinic-queue")) return `.clinic-queue a[href="${one.getAttribute("href")}"]`;
  return one.closest(".clinic-news") ? ".clinic-news a" : null;
}
