#!/usr/bin/env python3
"""``socle-web`` for a checkout."""

from socle_web.project.commands import main

if __name__ == "__main__":
    main()
