"""huggingface.co's repositories of Spaces: what `hf upload` and `hf spaces wait` call."""

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

ID_TOKEN = "an-id-token-of-the-workflow"
SPACE_TOKEN = "hf_jwt_of_the_space_000000000000000003"


@dataclass
class Space:
    """A Space's repository and what runs of it.

    Attributes:
        files: What main holds, by path.
        objects: The large files that were uploaded, by their SHA-256.
        sha: The newest commit.
        stages: What the next looks at the runtime find, one each: (stage, commit that runs).
            Where none is left, the newest commit is running.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    sha: str = "0" * 40
    stages: list[tuple[str, str]] = field(default_factory=list)

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


def _space(request: Request) -> Space:
    standin: StandIn = request.app.state.standin
    return standin.spaces["{owner}/{name}".format(**request.path_params)]


def _may_write(request: Request) -> bool:
    standin: StandIn = request.app.state.standin
    return request.state.call.token in standin.accounts


@scripted("repo_create")
async def create(request: Request) -> Response:
    """`POST /api/repos/create`: the Space is always there already."""
    wanted = await request.json()
    name = f"{wanted['organization']}/{wanted['name']}"
    url = f"https://huggingface.co/spaces/{name}"
    return JSONResponse({"error": "You already created this space repo", "url": url}, 409)


@scripted("validate_yaml")
async def validate(request: Request) -> Response:
    """`POST /api/validate-yaml`: README's header, of which the real one knows every rule."""
    return JSONResponse({"errors": [], "warnings": []})


@scripted("space_info")
async def info(request: Request) -> Response:
    """`GET /api/spaces/{owner}/{name}`."""
    space = _space(request)
    siblings = [{"rfilename": path} for path in sorted(space.files)]
    name = "{owner}/{name}".format(**request.path_params)
    return JSONResponse({"_id": "0" * 24, "id": name, "sha": space.sha, "siblings": siblings})


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
                    "uploadMode": "lfs" if path.endswith(".onnx") else "regular",
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
    url = f"https://huggingface.co/spaces/owner/name/commit/{space.sha}"
    return JSONResponse({"success": True, "commitOid": space.sha, "commitUrl": url})


@scripted("runtime")
async def runtime(request: Request) -> Response:
    """`GET …/runtime`: the next of the Space's stages."""
    space = _space(request)
    stage, sha = space.stages.pop(0) if space.stages else ("RUNNING", space.sha)
    hardware = {"current": "zero-a10g", "requested": "zero-a10g"}
    return JSONResponse({"stage": stage, "hardware": hardware, "sha": sha, "storage": None})


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


_REPO = "/api/spaces/{owner}/{name}"
_LFS = "/spaces/{owner}/{name}.git/info/lfs/objects"
routes = [
    Route("/api/repos/create", create, methods=["POST"]),
    Route("/api/validate-yaml", validate, methods=["POST"]),
    Route(_REPO, info),
    Route(_REPO + "/revision/main", info),
    Route(_REPO + "/tree/main", tree),
    Route(_REPO + "/preupload/main", preupload, methods=["POST"]),
    Route(_LFS + "/batch", lfs_batch, methods=["POST"]),
    Route(_LFS + "/{oid}", lfs_object, methods=["PUT"]),
    Route(_REPO + "/commit/main", commit, methods=["POST"]),
    Route(_REPO + "/runtime", runtime),
    Route("/runner/id-token", id_token),
    Route("/oauth/token", exchange, methods=["POST"]),
]
