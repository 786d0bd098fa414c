"""The Hugging Face Hub on this machine: what the app calls, played by a TLS server.

`StandIn` answers for huggingface.co, the router with its providers, and dedicated endpoints, in
the real services' shapes and words. A program is pointed at it by its environment alone
(`StandIn.environment`), unmodified. Tests script faults per route and read every call back::

    with StandIn() as standin:
        standin.script("chat", faults.rate_limited(retry_after=1))
        ...
        assert standin.calls_to("chat")[-1].json()["model"] == "Qwen/Qwen3-VL-30B-A3B-Instruct"
"""

from tests.standin import faults
from tests.standin.accounts import OPERATOR, VISITOR
from tests.standin.faults import Fault
from tests.standin.script import Call
from tests.standin.server import StandIn

__all__ = ["OPERATOR", "VISITOR", "Call", "Fault", "StandIn", "faults"]
