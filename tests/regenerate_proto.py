"""
Make the generated code beside the ``.proto`` files, or check that it is what they say.

``python tests/regenerate_proto.py`` writes it, ``--check`` compares byte for byte and writes
nothing.  Needs the ``grpcio-tools`` that ``tox.ini`` pins: its version decides which protobuf
runtimes can load the result.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WIRE = Path("tiktoklive", "wire")

# The same pin as in tox.ini (testenv:proto).  It writes code for protobuf 6.31.1, which
# runtimes from 6.31.1 to the end of 7.x load.
GRPCIO_TOOLS = "1.80.1"


def generate(destination: Path) -> None:
    """
    Run protoc over all schema files.

    :param destination: the directory that stands for the root of the checkout.
    :raises SystemExit: if the pinned grpcio-tools is not installed, or protoc refuses a file.
    """
    try:
        found = metadata.version("grpcio-tools")
    except metadata.PackageNotFoundError:
        raise SystemExit(
            f"Please install grpcio-tools=={GRPCIO_TOOLS} (or run: tox -e proto)."
        ) from None
    if found != GRPCIO_TOOLS:
        raise SystemExit(f"grpcio-tools {found} is installed, but {GRPCIO_TOOLS} is needed.")
    from grpc_tools import protoc

    # Names relative to the root, because they end up in the generated code.
    names = [(WIRE / path.name).as_posix() for path in sorted((ROOT / WIRE).glob("*.proto"))]
    code = protoc.main(
        ["protoc", f"-I{ROOT}", f"--python_out={destination}", f"--pyi_out={destination}", *names]
    )
    if code:
        raise SystemExit(f"protoc failed with status {code}.")


def generated(root: Path) -> dict[str, bytes]:
    """Give the generated files below a root, by file name."""
    return {path.name: path.read_bytes() for path in (root / WIRE).glob("*_pb2.py*")}


def check() -> list[str]:
    """Give a sentence for each generated file that is missing, left over or different."""
    with tempfile.TemporaryDirectory() as name:
        generate(Path(name))
        wanted = generated(Path(name))
    found = generated(ROOT)
    complaints = []
    for file in sorted(wanted.keys() | found.keys()):
        if file not in found:
            complaints.append(f"{WIRE / file} is missing.")
        elif file not in wanted:
            complaints.append(f"{WIRE / file} has no .proto file any more.")
        elif found[file] != wanted[file]:
            complaints.append(f"{WIRE / file} differs from what its .proto file gives.")
    return complaints


def main(arguments: list[str]) -> int:
    """Write the generated code, or with ``--check`` only compare; 1 says it differs."""
    if arguments == ["--check"]:
        complaints = check()
        if complaints:
            print("\n".join(complaints))
            print("Run: python tests/regenerate_proto.py, with the grpcio-tools that tox.ini pins.")
            return 1
        print("The generated code is what the .proto files say.")
        return 0
    if arguments:
        print(__doc__)
        return 2
    for path in (ROOT / WIRE).glob("*_pb2.py*"):
        path.unlink()
    generate(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
