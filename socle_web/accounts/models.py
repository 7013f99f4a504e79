"""Who signs in: people who were invited, and other systems with a token."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from socle_web.accounts.roles import ROLES, Role


class User(AbstractUser):
    """Our own from the first day: a user model cannot be exchanged later. ``first_name`` is the name colleagues see.

    Somebody invited has a row at once, so that mandates can be given; it is not active until the invitation is accepted.
    """

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

    @property
    def state(self) -> str:
        """active, invited (and has not answered) or closed."""
        if self.is_active:
            return "active"
        return "invited" if any(invitation.accepted_at is None for invitation in self.invitations.all()) else "closed"


class Invitation(models.Model):
    """A link that opens one account once. The link itself is nowhere, only its digest."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (
            models.UniqueConstraint(fields=["user"], condition=models.Q(accepted_at=None), name="one_open_invitation_a_person"),
            models.CheckConstraint(condition=~models.Q(invited_by=""), name="an_invitation_names_who_invited"),
        )

    def __str__(self) -> str:
        return f"{self.user}, until {self.expires_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()


class Client(models.Model):
    """Another system: it acts as its own user, a contributor without a password, with a token that is shown once."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="client")
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    may_write = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("user__username",)
        constraints = (models.CheckConstraint(condition=~models.Q(created_by=""), name="a_client_names_who_made_it"),)

    def __str__(self) -> str:
        return str(self.user)
