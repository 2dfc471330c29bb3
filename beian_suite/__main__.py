"""`python -m beian_suite`: the commands of `beian-suite`."""

import sys

from beian_suite.cli import main

if __name__ == "__main__":
    sys.exit(main())
