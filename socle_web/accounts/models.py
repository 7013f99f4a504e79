"""Who signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from socle_web.accounts.roles import ROLES, Role


class User(AbstractUser):
    """Our own from the first day: a user model cannot be exchanged later. ``first_name`` is the name colleagues see."""

    role = models.CharField(max_length=20, choices=[(role.code, role.label) for role in ROLES.values()], default="reader")
    is_client = models.BooleanField(default=False)  # another system, which signs in with a token only

    class Meta(AbstractUser.Meta):
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="a_role_is_one_of_the_house"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="nobody_stands_above_the_roles"),
            models.CheckConstraint(condition=models.Q(is_client=False) | models.Q(role="contributor"),
                                   name="a_client_is_a_contributor"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="one_account_an_address"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.get_full_name() or self.username

    @property
    def plays(self) -> Role:
        return ROLES[self.role]
