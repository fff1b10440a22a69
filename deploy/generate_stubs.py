"""Generate the Python stubs of the contracts, or check that the committed ones are current."""

import argparse
import filecmp
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
PROTOS = ROOT / "protos"
STUBS = ROOT / "libs" / "contracts" / "mmm"


def generate(target: Path) -> None:
    """Write the package ``mmm`` into `target`."""
    contracts = sorted(PROTOS.rglob("*.proto"))
    services = [path for path in contracts if path.stem.endswith("_service")]
    include = [f"-I{PROTOS}", f"-I{files('grpc_tools') / '_proto'}"]
    messages = [f"--python_out={target}", f"--pyi_out={target}", *map(str, contracts)]
    stubs = [f"--grpc_python_out={target}", *map(str, services)]
    for arguments in (messages, stubs):
        if protoc.main(["protoc", *include, *arguments]) != 0:
            sys.exit("protoc failed")


def differences(left: Path, right: Path) -> list[str]:
    """Names of files that differ between two trees or exist in one only."""
    names = {
        path.relative_to(tree)
        for tree in (left, right)
        for path in tree.rglob("*.py*")
        if path.suffix in {".py", ".pyi"}
    }
    return sorted(
        str(name)
        for name in names
        if not ((left / name).exists() and (right / name).exists())
        or not filecmp.cmp(left / name, right / name, shallow=False)
    )


def main() -> None:
    """Generate or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail when the stubs are stale")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder))
        fresh = Path(folder) / "mmm"
        stale = differences(fresh, STUBS)
        if check and stale:
            sys.exit(f"stale stubs, run `make protos`: {', '.join(stale)}")
        if not check:
            shutil.rmtree(STUBS, ignore_errors=True)
            shutil.copytree(fresh, STUBS)


if __name__ == "__main__":
    main()
