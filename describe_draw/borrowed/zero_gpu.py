"""What the app borrows from the insides of `spaces`: what GPU time costs, and a safe way to fork.

Import it late: `spaces` may be missing elsewhere than on a Space.
"""

import os
from threading import Lock
from typing import Any

from spaces import zero
from spaces.zero import client, wrappers
from spaces.zero.config import get_config


def factor_and_price() -> tuple[float, int]:
    """What a second that is asked for becomes, and what a second of that costs a visitor.

    `spaces` multiplies what it is asked for by the hardware's factor, unless the models are so
    large that they get a whole GPU by default: then it doesn't, and every second costs two.
    """
    if zero.default_gpu_size() == "xlarge":
        return 1, 2
    return get_config()["duration_factor"], 1


def keep_forks_from_clients() -> None:
    """Have no worker forked while another thread makes a client for the device API.

    To make one, OpenSSL takes a lock of its random numbers. A fork in that moment inherits it
    locked for ever, and hangs as soon as it makes a client of its own.
    """
    make, making = client.api_client, Lock()

    def api_client() -> Any:
        with making:
            return make()

    client.api_client = api_client
    os.register_at_fork(
        before=making.acquire, after_in_parent=making.release, after_in_child=making.release
    )


def fork_one_at_a_time() -> None:
    """Have no worker forked while another one is.

    filelock refuses a fork while another thread forks (seen with 3.32). It says so in an audit
    hook, which runs before all hooks of forks: only a lock around the whole call comes before it.
    """
    forking = Lock()  # stays locked in the worker, which forks no other

    class Process(wrappers.Process):  # type: ignore[misc]
        def start(self) -> None:
            with forking:
                super().start()

    wrappers.Process = Process
