"""What does proving the shipped questionnaire cost, and how does that grow?

    python -m tests.benchmarks.bench_proof [COPIES ...]

Growth is measured on a questionnaire made of copies of the shipped one's pages, rules
and promises under other names. The floor is loading the same files. CPU seconds of one
run each, memory as the most the process ever held.
"""

import json
import re
import resource
import sys
import time
from datetime import date

import yaml

from screening.core.load import load
from screening.library import shelf_for
from screening.proof.differing import Versions
from screening.proof.proving import proved

TODAY = date(2026, 3, 15)
ID = "ocd-ketamine"
FILE = f"{ID}/questionnaire.yaml"
SHELF = shelf_for(ID)
KEPT = ("from", "sources", "help", "ends", "kind", "priority", "instrument")
PROSE = ("ask", "hint", "clinician", "because", "intro", "short")
NOT_SHIPPED = ("ybocs", "docs")


def grown(copies):
    """Return the questionnaire's text with so many copies of all that decides."""
    base = yaml.load(SHELF.read(FILE), yaml.BaseLoader)  # noqa: S506 - strings only
    made = {key: base[key] for key in base if key not in {"summary", "checks"}}
    pages = [p for p in base["pages"] if p.get("instrument") not in NOT_SHIPPED]
    names = names_of(base, pages)
    longest = sorted(map(re.escape, names), key=len, reverse=True)
    pattern = re.compile(rf'(?<!["\w.])({"|".join(longest)})(?!["\w])')
    for copy in range(2, copies + 1):

        def other(part, suffix=f"_{copy}"):
            return renamed(part, pattern, names, suffix)

        made["pages"] = [*made["pages"], *(page_again(p, other, copy) for p in pages)]
        for part in ("criteria", "promises"):
            again = (with_id(other(one), one, copy) for one in base[part])
            made[part] = [*made[part], *again]
        made["derived"] = {**made["derived"], **other(base["derived"])}
    return json.dumps(shortened(made), separators=(",", ":"))


def names_of(base, pages):
    names = set(base["derived"])
    for page in pages:
        own = page.get("repeat") or page.get("as") or page.get("instrument")
        names |= {own} if own else {q["id"] for q in page["questions"]}
    return names


def page_again(page, other, copy):
    again = {**other(page), "page": f"{page['page']}-{copy}"}
    if "instrument" in page:
        again["as"] = f"{page.get('as') or page['instrument']}_{copy}"
    return again


def with_id(made, one, copy):
    ids = {key: f"{one[key]}-{copy}" for key in ("id", "implied_by") if key in one}
    return {**made, **ids}


def renamed(part, pattern, names, suffix):
    if isinstance(part, str):
        return pattern.sub(lambda found: f"{found[1]}{suffix}", part)
    if isinstance(part, list):
        return [renamed(one, pattern, names, suffix) for one in part]
    return {
        (f"{name}{suffix}" if name in names else name): (
            one if name in KEPT else renamed(one, pattern, names, suffix)
        )
        for name, one in part.items()
    }


def shortened(part):
    """Return a part with its texts for people cut: no rule looks at them."""
    if isinstance(part, list):
        return [shortened(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: "Said." if name in PROSE and isinstance(one, str) else shortened(one)
        for name, one in part.items()
    }


def cpu(work):
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def main(*copies):
    """Print a line for each size, and what a difference of two versions costs."""
    for count in copies:
        text = grown(count)
        made, loading = cpu(
            lambda text=text: load(ID, lambda n: text if n == FILE else SHELF.read(n))
        )
        found, proving = cpu(lambda made=made: list(proved(made, TODAY)))
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        left = sum(one.standing != "proved" for one in found)
        print(
            f"{count} times: {len(made.criteria)} criteria, {len(found)} properties, "
            f"{left} not proved: {proving:.1f} s CPU   floor {loading:.2f} s   "
            f"{held:.0f} MB"
        )
    shipped = load(ID, SHELF.read)
    edited = SHELF.read(FILE).replace("when: systolic >= 180", "when: systolic >= 179")
    other = load(ID, lambda n: edited if n == FILE else SHELF.read(n))
    for name, after in (("the same", shipped), ("a moved limit", other)):

        def differ(after=after):
            versions = Versions(shipped, after, TODAY)
            return [*versions.redecided(), *versions.reworked()]

        found, taken = cpu(differ)
        print(f"difference, {name}: {len(found)} told, {taken:.1f} s CPU")


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:]) if len(sys.argv) > 1 else (1, 2)))
