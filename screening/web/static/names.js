// Shows names of a list while one is typed, and lets what is on no list stand as it is.
// Pages work without it: then a button beside the field leads to the list. The names and
// all words stand on the page; the library is asked for with this file's fingerprint.
const library = new URL("accessible-autocomplete.min.js", import.meta.url);
library.search = new URL(import.meta.url).search;

await import(library);

const LEAST = 2;
const MOST = 8;
const SHORTEST_SLIP = 4;

for (const list of document.querySelectorAll("[data-screening-names]")) {
  const field = document.getElementById(list.dataset.screeningNames);
  // Nothing is put in another's place while somebody is typing in it.
  if (document.activeElement !== field) enhance(field, list);
  else field.addEventListener("blur", () => enhance(field, list), { once: true });
}

function enhance(field, list) {
  const say = (key, values = {}) =>
    list.dataset[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const names = [...list.children].map((option) => ({
    name: option.value,
    plain: folded(option.value),
    of: option.textContent || option.value,
    words: option.textContent ? `${option.value} (${option.textContent})` : option.value,
  }));
  let shown = 0;

  const place = document.createElement("div");
  field.before(place);
  const error = field.classList.contains("nhsuk-input--error");
  const described = field.getAttribute("aria-describedby");
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);

  window.accessibleAutocomplete({
    element: place,
    id: field.id,
    name: field.name,
    defaultValue: field.value,
    inputClasses: `nhsuk-input${error ? " nhsuk-input--error" : ""}`,
    menuAttributes: { "aria-labelledby": label.id },
    displayMenu: "overlay",
    minLength: LEAST,
    confirmOnBlur: false,
    source(typed, show) {
      const found = matches(names, typed);
      shown = found.length;
      const words = typed.trim();
      const keep = { name: words, words: say("keep", { typed: words }) };
      show(shown ? [...found, keep] : []);
    },
    templates: {
      // The library hands over what stands in the field as plain text.
      inputValue: (one) => (typeof one === "object" ? one.name : one),
      suggestion: (one) => escaped(typeof one === "object" ? one.words : one),
    },
    tAssistiveHint: () => say("hint"),
    tNoResults: () => say("none"),
    tStatusNoResults: () => say("none"),
    tStatusQueryTooShort: (least) => say("short", { least }),
    tStatusSelectedOption: (name, count, index) =>
      say("selected", { name, number: index + 1, count }),
    tStatusResults: (count, selected) =>
      `${say(shown === 1 ? "one" : "many", { count: shown })} ${selected}`,
  });
  list.parentElement.querySelector(".screening-find").remove();
  list.remove();
  field.remove();
  settle(place, described);
}

// What the library leaves out: hint and error of the field, no spelling marks; Enter in
// the field goes on, Escape in the list leads back to the field, and what was stored
// counts as chosen, so that it is not offered again as soon as the field has the focus.
function settle(place, described) {
  const input = place.querySelector("input");
  const wanted = [described, `${input.id}__assistiveHint`].filter(Boolean).join(" ");
  const describe = () => {
    if (input.getAttribute("aria-describedby") !== wanted)
      input.setAttribute("aria-describedby", wanted);
  };
  describe();
  new MutationObserver(describe).observe(input, { attributeFilter: ["aria-describedby"] });
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "none");
  const before = (event) => {
    if (event.key === "Enter" && event.target === input) event.stopPropagation();
    if (event.key !== "Escape") return;
    input.focus();
    setTimeout(staysHere, 0, input);
  };
  place.addEventListener("keydown", before, { capture: true });
  input.dispatchEvent(Object.assign(new Event("keydown", { bubbles: true }), { keyCode: 27 }));
}

// The library takes Escape for leaving the field, and marks all of its text on coming back.
function staysHere(input) {
  if (document.activeElement !== input) return;
  const { selectionStart, selectionEnd } = input;
  input.dispatchEvent(new Event("focus"));
  setTimeout(() => input.setSelectionRange(selectionStart, selectionEnd));
}

// ---- which names are meant; the page that works without script asks the service

function matches(names, typed) {
  const words = folded(typed);
  const found = ranked(names, (name) => fit(words, name));
  if (found.length || words.length < SHORTEST_SLIP) return found;
  const slips = words.length < 2 * SHORTEST_SLIP ? 1 : 2;
  return ranked(names, (name) => {
    const far = Math.min(distance(words, name), distance(words, name.slice(0, words.length)));
    return far <= slips ? far : null;
  });
}

// Of several names of one thing the best stands for it; the page's order decides between
// those that are as good.
function ranked(names, rank) {
  const best = new Map();
  names
    .map((one) => ({ one, rank: rank(one.plain) }))
    .filter((each) => each.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .forEach(({ one }) => best.has(one.of) || best.set(one.of, one));
  return [...best.values()].slice(0, MOST);
}

function fit(words, name) {
  if (name === words) return 0;
  if (name.startsWith(words)) return 1;
  if (name.includes(` ${words}`)) return 2;
  return ` ${words} `.includes(` ${name} `) ? 3 : null;
}

// How many letters are wanting, too many, other, or changed about.
function distance(a, b) {
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const line = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      line[j] = Math.min(last[j] + 1, line[j - 1] + 1, last[j - 1] + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        line[j] = Math.min(line[j], before[j - 2] + 1);
    }
    before = last;
    last = line;
  }
  return last[b.length];
}

function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['\u2019\u02bc]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function escaped(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}
