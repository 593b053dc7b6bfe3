"""Which benchmarks are there, and what do they print? `make bench` runs this."""

import runpy
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run every bench_*.py of this folder as a program, in the order of names."""
    for path in sorted(HERE.glob("bench_*.py")):
        title = path.stem.removeprefix("bench_")
        print(f"--- {title}")
        runpy.run_module(f"tests.benchmarks.{path.stem}", run_name="__main__")
        print()


if __name__ == "__main__":
    main()
