"""Site names in messages, and the naming rule applied to them."""

from beian.names.check import NameVerdict, check_name
from beian.names.find import find_names, is_quoted, names_changed_to, names_in_answer

__all__ = ["NameVerdict", "check_name", "find_names", "is_quoted", "names_changed_to", "names_in_answer"]
