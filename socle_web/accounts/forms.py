"""What somebody fills in about their own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from socle_web.accounts.models import User


class Accepting(forms.Form):
    name = forms.CharField(label=_("Your name, as colleagues see it"), min_length=2, max_length=100,
                           widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(label=_("A password of your choice"), strip=False, max_length=200,
                               widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                               help_text=_("At least eight characters; a few words in a row are strong and easy to keep in mind."))

    def __init__(self, sent: Any = None, *, user: User, initial: Any = None) -> None:
        super().__init__(sent, label_suffix="", initial=initial)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.user)
        return password
