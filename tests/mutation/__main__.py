"""`make mutation`: 500 random single edits, and what becomes of each."""

import random
import sys
from collections import Counter

from tests.mutation.edits import KINDS
from tests.mutation.judging import CLASSES, judged


def main(count=500, seed=2026):
    """Print the table, and each edit that nothing tells and no case shows."""
    found = list(judged(count, random.Random(seed)))
    table = Counter((edit.kind, kind) for edit, kind in found)
    width = max(map(len, KINDS))
    print(" " * width, *(f"{name:>15}" for name in CLASSES))
    for kind in KINDS:
        counts = (f"{table[kind, name]:>15}" for name in CLASSES)
        print(f"{kind:<{width}}", *counts)
    totals = Counter(kind for _, kind in found)
    print(f"{'all':<{width}}", *(f"{totals[name]:>15}" for name in CLASSES))
    for edit, kind in found:
        if kind == "unexplained":
            print(f"{edit.file}:{edit.line}: {edit.kind}: {edit.text}")
    return totals["unexplained"]


if __name__ == "__main__":
    sys.exit(min(main(*map(int, sys.argv[1:])), 1))
