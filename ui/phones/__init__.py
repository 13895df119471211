"""Lets a guard in by phone: the code on the seat's screen."""

from ui.phones.card import PhoneCard
from ui.phones.presenter import PhonePresenter

__all__ = ["PhoneCard", "PhonePresenter"]
