"""Settings, addresses, the server's entry point and the command ``socle-web``. No logic."""
