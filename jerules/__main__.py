"""``python -m jerules`` is the command ``jerules``."""

from jerules.cli import main

if __name__ == "__main__":
    main()
