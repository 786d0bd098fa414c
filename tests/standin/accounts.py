"""Who holds which token, and what it may do."""

from dataclasses import dataclass

OPERATOR = "hf_operatorOPERATORoperator00000000001"
VISITOR = "hf_visitorVISITORvisitor00000000000002"


@dataclass
class Account:
    """One user of the Hub.

    Attributes:
        name: The user's name.
        may_infer: Whether the token has the permission to call Inference Providers.
        has_credit: Whether any of the month's included credits are left.
        may_write: Whether the token may make and fill repositories.
    """

    name: str
    may_infer: bool = True
    has_credit: bool = True
    may_write: bool = True


def default_accounts() -> dict[str, Account]:
    """Returns: a fresh account for each of the two tokens that tests use."""
    return {OPERATOR: Account("operator"), VISITOR: Account("visitor")}
