"""Masking of personal numbers, before anything is stored, logged, counted or sent on."""

from beian.masking.groups import BANK_CARD, CREDIT_CODE, ID_NUMBER, LANDLINE, MOBILE
from beian.masking.replace import EMAIL, mask, mask_value

__all__ = ["BANK_CARD", "CREDIT_CODE", "EMAIL", "ID_NUMBER", "LANDLINE", "MOBILE", "mask", "mask_value"]
