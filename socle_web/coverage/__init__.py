"""Inquiry rounds, the published figures of each edition, and the register of policy measures."""
