"""Write the published schema of exported JSON documents, or check that the committed one is current."""

import argparse
import json
import sys
from pathlib import Path

from mmm_analysis.report.json_document import results_schema

PUBLISHED = Path(__file__).resolve().parent.parent / "docs" / "results.schema.json"


def main() -> None:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when it is outdated")
    current = json.dumps(results_schema(), indent=1, ensure_ascii=False) + "\n"
    if not parser.parse_args().check:
        PUBLISHED.write_text(current, encoding="utf-8")
    elif not PUBLISHED.exists() or PUBLISHED.read_text(encoding="utf-8") != current:
        sys.exit(f"{PUBLISHED.name} is outdated: run `make protos`.")


if __name__ == "__main__":
    main()
