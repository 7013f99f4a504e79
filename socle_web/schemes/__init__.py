"""Schemes on their way into the public view, and the studio where a country argues about what they cost."""
