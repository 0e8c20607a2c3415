"""The first step of every start: refuse a Python that is too old, then hand over to the verbs."""

import os
import sys

# No syntax in this file that an older Python 3 cannot read.
OLDEST = (3, 11)


def main() -> int:
    """Run the verb named on the command line and return the exit status."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(f"toban: Python 3.11 or newer is needed, but this is {found}.\n")
        return 1
    # Started with -I -S: nothing of the user's own folders or packages is on the path.
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    sys.path.insert(0, root)
    from resources.setup import verbs

    return verbs.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
