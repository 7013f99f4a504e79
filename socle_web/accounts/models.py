"""Who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Our own from the first day: a user model cannot be exchanged later."""
