"""Requests that the app refuses, and faults behind it."""

import itertools

from tests.soak.callers import ANY, META, REFUSED, Kind, said
from tests.soak.good import Good
from tests.soak.page import API, JSON
from tests.standin import Fault, faults

TOKENS = 3
"""Which the Hub refuses: who serves a model is kept for each."""

UPSTREAM: tuple[tuple[str, Fault], ...] = (
    ("fal", faults.server_error()),
    ("chat", faults.credits_used_up()),
    ("fal", faults.cut()),
    ("chat", faults.dropped()),
    ("picture", faults.truncated_picture()),
    ("chat", faults.not_json()),
    ("fal", faults.html()),
    ("chat", faults.token_invalid()),
    ("fal", faults.not_found()),  # the Hub is asked whether that is so, in vain
    ("model_info", faults.bad_gateway()),
    ("picture", faults.not_found()),
)
"""What goes wrong behind the app, in turns."""

_faults = itertools.cycle(UPSTREAM)


class Bad(Good):
    """Callers who want what can't be had."""

    def kinds(self) -> dict[Kind, str]:
        bad: list[Kind] = [self.damaged, self.odd_values, self.long_prompt, self.foreign]
        return dict.fromkeys([*bad, self.refused_token], REFUSED) | {
            self.unknown: "404",
            self.odd_body: "400",
            self.upstream: ANY,
        }

    async def damaged(self) -> str:
        async with self._visitor() as http:
            picture = await self._uploaded(http, self.picture("PNG")[:-200])
            return await said(http, "caption", picture, "short", "builtin")

    async def odd_values(self) -> str:
        async with self._stranger() as http:
            return await said(http, "draw", self._words(), "", 4, "many", 65, 64, 1e30, "builtin")

    async def long_prompt(self) -> str:
        async with self._visitor() as http:
            return await said(http, "draw", self._words() * 3000, *self._recipe()[1:])

    async def foreign(self) -> str:
        async with self._visitor() as http:
            named = {"path": f"/etc/{self._number()}", "meta": META}
            return await said(http, "caption", named, "short", "")

    async def unknown(self) -> str:
        async with self._stranger() as http:
            answer = await http.get(f"{API}/no-such-{self._number()}")
            return str(answer.status_code)

    async def refused_token(self) -> str:
        token = f"hf_{self._number() % TOKENS:034d}"
        async with self._visitor() as http:
            return await said(http, "draw", *self._recipe(), oauth_token=token)

    async def odd_body(self) -> str:
        async with self._visitor() as http:
            body = b'{"data": [' + b"[" * self._number()
            answer = await http.post(f"{API}/call/caption", content=body, headers=JSON)
            return str(answer.status_code)

    async def upstream(self) -> str:
        """Behind the app something goes wrong, and this or another call learns of it."""
        route, fault = next(_faults)
        self._standin.script(route, fault)
        return await (self.ask if route == "chat" else self.draw)()
