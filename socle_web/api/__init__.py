"""The public JSON interface: read only, open to all, the same names as the exchange form."""
