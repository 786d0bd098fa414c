"""huggingface.co's repositories of Spaces and data sets: what `hf upload` and its kin call."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standin.accounts import Account
from tests.standin.oauth import granted
from tests.standin.script import scripted

if TYPE_CHECKING:
    from tests.standin.server import StandIn

DOMAIN = "hf.space"
PICTURES = (".bmp", ".gif", ".png", ".tiff", ".raw", ".jpg", ".jpeg", ".webp")
ATTRIBUTES = "".join(f"*{ending} filter=lfs\n" for ending in PICTURES).encode()
ID_TOKEN = "an-id-token-of-the-workflow"
SPACE_TOKEN = "hf_jwt_of_the_space_000000000000000003"


@dataclass
class Space:
    """A Space's repository and what runs of it.

    Attributes:
        files: What main holds, by path.
        objects: The large files that were uploaded, by their SHA-256.
        sha: The newest commit.
        is_private: Whether nobody but its owner sees it.
        stages: What the next looks at the runtime find, one each: (stage, its commit). One that
            sleeps does so until its page is asked for. Where none is left, the newest commit is
            running.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    sha: str = "0" * 40
    is_private: bool = False
    stages: list[tuple[str, str | None]] = field(default_factory=list)

    @property
    def is_asleep(self) -> bool:
        """Whether it waits for someone to ask for its page."""
        return bool(self.stages) and self.stages[0][0] == "SLEEPING"

    def commit(self, lines: bytes) -> None:
        """Apply a commit as the client sends it: one JSON object a line."""
        for operation in map(json.loads, lines.splitlines()):
            value = operation["value"]
            match operation["key"]:
                case "file":
                    self.files[value["path"]] = base64.b64decode(value["content"])
                case "lfsFile":
                    self.files[value["path"]] = self.objects[value["oid"]]
                case "deletedFile":
                    del self.files[value["path"]]
        self.sha = hashlib.sha1(self.sha.encode() + lines).hexdigest()


def _repositories(request: Request) -> dict[str, Space]:
    standin: StandIn = request.app.state.standin
    return standin.data_sets if "/datasets/" in request.url.path else standin.spaces


def _space(request: Request) -> Space:
    return _repositories(request)["{owner}/{name}".format(**request.path_params)]


def _may_write(request: Request) -> bool:
    standin: StandIn = request.app.state.standin
    return request.state.call.token in standin.accounts


@scripted("repo_create")
async def create(request: Request) -> Response:
    """`POST /api/repos/create`, of a free account: on ZeroGPU, or for payment.

    The codes are those for which huggingface_hub 2.4's `HfApi.create_repo` looks whether the
    repository is there already.
    """
    if not _may_write(request):
        return JSONResponse({"error": "Invalid username or password."}, 401)
    standin: StandIn = request.app.state.standin
    wanted = await request.json()
    if wanted.get("type") == "dataset":
        return _created(standin, standin.accounts[request.state.call.token], wanted)
    name = f"{wanted['organization']}/{wanted['name']}"
    url = f"https://huggingface.co/spaces/{name}"
    if wanted.get("hardware") != "zero-a10g":
        return JSONResponse({"error": "Subscribe to PRO to host this Space"}, 402)
    if name in standin.spaces:
        return JSONResponse({"error": "You already created this space repo", "url": url}, 409)
    standin.spaces[name] = Space({".gitattributes": b"*.onnx filter=lfs"})
    return JSONResponse({"url": url, "name": name, "id": "0" * 24})


def _created(standin: "StandIn", account: Account, wanted: dict[str, Any]) -> Response:
    """A data set, of an account's own: the answers that people report of the real Hub.

    github.com/huggingface/community-events/issues/25 has the refusal; .gitattributes are those of
    a new data set.
    """
    owner = wanted["organization"] or account.name
    name = f"{owner}/{wanted['name']}"
    url = f"https://huggingface.co/datasets/{name}"
    if not account.may_write or owner != account.name:
        message = "You don't have the rights to create a dataset under this namespace"
        return JSONResponse({"error": message}, 403, {"X-Error-Message": message})
    if name in standin.data_sets:
        return JSONResponse({"error": "You already created this dataset repo", "url": url}, 409)
    is_private = wanted.get("visibility") == "private"
    standin.data_sets[name] = Space({".gitattributes": ATTRIBUTES}, is_private=is_private)
    return JSONResponse({"url": url, "name": name, "id": "0" * 24})


@scripted("validate_yaml")
async def validate(request: Request) -> Response:
    """`POST /api/validate-yaml`: README's header, of which the real one knows every rule."""
    return JSONResponse({"errors": [], "warnings": []})


@scripted("space_info")
async def info(request: Request) -> Response:
    """`GET /api/spaces/{owner}/{name}`, and of a data set."""
    name = "{owner}/{name}".format(**request.path_params)
    if (space := _repositories(request).get(name)) is None:
        return JSONResponse({"error": "Not found"}, 404, {"X-Error-Code": "RepoNotFound"})
    siblings = [{"rfilename": path} for path in sorted(space.files)]
    host = f"https://{name.replace('/', '-')}.{DOMAIN}"
    told = {"sha": space.sha, "private": space.is_private, "host": host, "siblings": siblings}
    return JSONResponse({"_id": "0" * 24, "id": name, **told})


@scripted("space_tree")
async def tree(request: Request) -> Response:
    """`GET /api/spaces/{owner}/{name}/tree/main`, always recursive."""
    return JSONResponse(
        [
            {"type": "file", "path": path, "size": len(content), "oid": _oid(content)}
            for path, content in sorted(_space(request).files.items())
        ]
    )


@scripted("preupload")
async def preupload(request: Request) -> Response:
    """`POST …/preupload/main`: networks go to Git LFS first, all else travels inside the commit."""
    files = _space(request).files
    return JSONResponse(
        {
            "files": [
                {
                    "path": (path := asked["path"]),
                    "uploadMode": "lfs" if path.endswith((".onnx", *PICTURES)) else "regular",
                    "shouldIgnore": False,
                    "oid": _oid(files[path]) if path in files else None,
                }
                for asked in (await request.json())["files"]
            ]
        }
    )


@scripted("lfs_batch")
async def lfs_batch(request: Request) -> Response:
    """`POST /spaces/{owner}/{name}.git/info/lfs/objects/batch`: where large files are sent.

    https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md, as huggingface_hub's lfs.py
    reads it.
    """
    at = f"https://huggingface.co{request.url.path.removesuffix('/batch')}"
    objects = [
        {**asked, "actions": {"upload": {"href": f"{at}/{asked['oid']}"}}}
        for asked in (await request.json())["objects"]
    ]
    return JSONResponse({"transfer": "basic", "objects": objects})


@scripted("lfs_object")
async def lfs_object(request: Request) -> Response:
    """`PUT` of a large file to where the batch said."""
    content = await request.body()
    assert hashlib.sha256(content).hexdigest() == request.path_params["oid"]
    _space(request).objects[request.path_params["oid"]] = content
    return Response()


@scripted("commit")
async def commit(request: Request) -> Response:
    """`POST …/commit/main`, for whoever holds a token."""
    if not _may_write(request):
        return JSONResponse({"error": "Invalid username or password."}, 401)
    space = _space(request)
    space.commit(await request.body())
    place = request.url.path.removeprefix("/api/").partition("/commit/")[0]
    url = f"https://huggingface.co/{place}/commit/{space.sha}"
    return JSONResponse({"success": True, "commitOid": space.sha, "commitUrl": url})


@scripted("runtime")
async def runtime(request: Request) -> Response:
    """`GET …/runtime`: the next of the Space's stages.

    As huggingface_hub 2.4's `SpaceRuntime` reads it. The commit is in what it keeps as `raw`, and
    "SLEEPING" among the stages of Gradio 6.31's own page and of huggingface.js, not of its enum.
    """
    space = _space(request)
    stage, sha = space.stages[0] if space.stages else ("RUNNING", space.sha)
    if space.stages and not space.is_asleep:
        del space.stages[0]
    hardware = {"current": "zero-a10g", "requested": "zero-a10g"}
    told = {"stage": stage, "hardware": hardware, "storage": None}
    return JSONResponse(told | ({"sha": sha} if sha else {}))


@scripted("space_page")
async def page(request: Request) -> Response:
    """`GET https://{owner}-{name}.hf.space`: wakes it, and has nothing to show until then."""
    standin: StandIn = request.app.state.standin
    for name, space in standin.spaces.items():
        if name.replace("/", "-") == request.path_params["subdomain"] and space.is_asleep:
            del space.stages[0]
    return Response("Your space is starting", 503)


@scripted("id_token")
async def id_token(request: Request) -> Response:
    """What GitHub's runner gives a job that may write id-tokens."""
    return JSONResponse({"value": ID_TOKEN})


@scripted("token_exchange")
async def exchange(request: Request) -> Response:
    """`POST /oauth/token`: for who signs in, or for the Space that trusts the workflow."""
    if request.headers["content-type"] != "application/json":
        return await granted(request)
    standin: StandIn = request.app.state.standin
    asked: dict[str, Any] = await request.json()
    if asked["subject_token"] != ID_TOKEN:
        return JSONResponse({"error": "invalid_grant"}, 400)
    standin.accounts[SPACE_TOKEN] = Account("publisher", may_infer=False)
    return JSONResponse(
        {"access_token": SPACE_TOKEN, "token_type": "bearer", "expires_in": 3600, "scope": ""}
    )


def _oid(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


_LFS = ".git/info/lfs/objects"
routes = [
    Route("/api/repos/create", create, methods=["POST"]),
    Route("/api/validate-yaml", validate, methods=["POST"]),
    *(
        route
        for kind in ("spaces", "datasets")
        for route in (
            Route(f"/api/{kind}/{{owner}}/{{name}}", info),
            Route(f"/api/{kind}/{{owner}}/{{name}}/revision/main", info),
            Route(f"/api/{kind}/{{owner}}/{{name}}/tree/main", tree),
            Route(f"/api/{kind}/{{owner}}/{{name}}/preupload/main", preupload, methods=["POST"]),
            Route(f"/{kind}/{{owner}}/{{name}}{_LFS}/batch", lfs_batch, methods=["POST"]),
            Route(f"/{kind}/{{owner}}/{{name}}{_LFS}/{{oid}}", lfs_object, methods=["PUT"]),
            Route(f"/api/{kind}/{{owner}}/{{name}}/commit/main", commit, methods=["POST"]),
        )
    ),
    Route("/api/spaces/{owner}/{name}/runtime", runtime),
    Route("/runner/id-token", id_token),
    Route("/oauth/token", exchange, methods=["POST"]),
]
