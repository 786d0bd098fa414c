"""What servers that people run answer where they refuse or fail: every shape of body, as sent.

Each is the body that the named version sends, with the words that a person must be told.
"""

from typing import Any, NamedTuple

from starlette.responses import JSONResponse, PlainTextResponse, Response


class Refused(NamedTuple):
    """A failed answer.

    Args:
        response: As it is sent.
        words: What of it says why.
    """

    response: Response
    words: str


def _openai(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


def _web_ui(error: str, detail: str = "", errors: str = "") -> dict[str, str]:
    return {"error": error, "detail": detail, "body": "", "errors": errors}


NO_VRAM = "CUDA out of memory. Tried to allocate 9.00 GiB."
NO_PICTURES = (
    "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"
)
TOO_MANY = "ensure this value is less than or equal to 100: `num_inference_steps` in `parameters`"
TOO_LONG = "Input validation error: `inputs` must have less than 1024 tokens. Given: 1950"

REFUSALS: dict[str, Refused] = {
    # transformers serve 5.23, cli/serving/utils.py: FastAPI's HTTPException
    "detail": Refused(
        JSONResponse({"detail": "Server is pinned to 'a'; requested 'b'."}, 400),
        "Server is pinned to 'a'; requested 'b'.",
    ),
    # FastAPI 0.165, exception_handlers.py, with an error of pydantic 2.12: a field's type is wrong
    "detail, a list": Refused(
        JSONResponse(
            {
                "detail": [
                    {
                        "type": "less_than_equal",
                        "loc": ["body", "steps"],
                        "msg": "Input should be less than or equal to 150",
                        "input": 200,
                        "ctx": {"le": 150},
                    }
                ]
            },
            422,
        ),
        "steps: Input should be less than or equal to 150",
    ),
    # AUTOMATIC1111's web UI, modules/api/api.py (0050a354), api_middleware: HTTPException
    "detail beside an exception's name": Refused(
        JSONResponse(_web_ui("HTTPException", detail="Sampler not found"), 404),
        "Sampler not found",
    ),
    # the same: any other exception, whose words are in `errors`
    "errors beside an exception's name": Refused(
        JSONResponse(_web_ui("OutOfMemoryError", errors=NO_VRAM), 500), NO_VRAM
    ),
    # Ollama, server/routes.go, handleScheduleError
    "error": Refused(
        JSONResponse({"error": 'model "llava" not found, try pulling it first'}, 404),
        'model "llava" not found, try pulling it first',
    ),
    # text-generation-inference, as in hf.co/spaces/agents-course/Unit_3_Agentic_RAG/discussions/2
    "error and its type": Refused(
        JSONResponse({"error": TOO_LONG, "error_type": "validation"}, 422), TOO_LONG
    ),
    # api-inference-community, api_inference_community/routes.py (071c7ed3), in pydantic 1's words
    "error, a list": Refused(JSONResponse({"error": [TOO_MANY]}, 400), TOO_MANY),
    # OpenAI, https://platform.openai.com/docs/guides/error-codes; vLLM, as of 0052bed3
    "error, an object": Refused(
        JSONResponse(
            _openai(
                "Unsupported parameter: 'max_tokens' is not supported with this model.",
                type="invalid_request_error",
                param="max_tokens",
                code="unsupported_parameter",
            ),
            400,
        ),
        "Unsupported parameter: 'max_tokens' is not supported with this model.",
    ),
    # llama.cpp's llama-server, build 6139: https://github.com/ggml-org/llama.cpp/issues/15377
    "error, an object with a number": Refused(
        JSONResponse(_openai(NO_PICTURES, code=500, type="server_error"), 500), NO_PICTURES
    ),
    # vLLM 0.6, vllm/entrypoints/openai/protocol.py, ErrorResponse
    "message": Refused(
        JSONResponse(
            {
                "object": "error",
                "message": "The model `llava` does not exist.",
                "type": "NotFoundError",
                "param": None,
                "code": 404,
            },
            404,
        ),
        "The model `llava` does not exist.",
    ),
    # a server of one's own that returns a string, as FastAPI and Starlette send it
    "a JSON string": Refused(
        JSONResponse("the picture is too small", 400), "the picture is too small"
    ),
    # Starlette 1.10, exceptions.py: an HTTPException without FastAPI
    "plain text": Refused(PlainTextResponse("the prompt is empty\n", 400), "the prompt is empty"),
}
