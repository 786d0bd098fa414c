"""What runs on the device: plain generators, which ZeroGPU runs in processes of its own.

Its processes are forks: they find the models here, where the start put them, for nothing of the
size of a model could be handed over with a call.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from PIL.Image import Image

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.calling.model_prompts import caption_tokens
from describe_draw.engines.local.kinds import named
from describe_draw.engines.local.pace import megapixels, pace_of
from describe_draw.engines.local.results import Done, Drawn
from describe_draw.engines.local.stepwise import stepwise
from describe_draw.engines.local.stops import Stops
from describe_draw.engines.model_families import steps_of
from describe_draw.model_settings import on_zero_gpu
from describe_draw.recipe import Edit, Recipe

if TYPE_CHECKING:
    from describe_draw.engines.local.describing import CaptionModel
    from describe_draw.engines.local.drawing import DiffusionModel

IS_ZERO = on_zero_gpu()
CALLS = 32
"""How many calls run at once, or end."""

stops = Stops(CALLS)
_loaded: dict[tuple[str, str, str], Any] = {}
_loading = Lock()
T = TypeVar("T")


if IS_ZERO:
    from describe_draw.borrowed import zero_gpu

    zero_gpu.keep_forks_from_clients()
    zero_gpu.fork_one_at_a_time()


def describing_seconds(
    name: str,
    device: str,
    picture: Image,
    asked: CaptionOptions,
    place: int,
) -> int:
    """The GPU time to ask for: a visitor's quota must hold this much."""
    return pace_of("describe", name).seconds(caption_tokens(asked))


def drawing_seconds(name: str, device: str, recipe: Recipe, place: int) -> int:
    """As `describing_seconds`."""
    pixels = megapixels(recipe.width, recipe.height)
    return pace_of("draw", name).seconds(steps(name, device, recipe) * pixels)


def editing_seconds(name: str, device: str, recipe: Edit, picture: Image, place: int) -> int:
    """As `describing_seconds`."""
    pixels = megapixels(recipe.width, recipe.height)
    return pace_of("edit", name).seconds(steps(name, device, recipe) * pixels)


def steps(name: str, device: str, recipe: Recipe) -> int:
    """How many steps a drawing takes, as far as that is known before its model is loaded."""
    model = _loaded.get(("draw", name, device))
    return model.steps(recipe) if model else steps_of(named(name), recipe.steps)


def _on_gpu(seconds: Callable[..., int]) -> Callable[[Any], Any]:
    """ZeroGPU's decorator where there is one; `spaces` may be missing elsewhere."""
    if not IS_ZERO:
        return lambda function: function
    import spaces

    decorator: Callable[[Any], Any] = spaces.GPU(duration=seconds)
    return decorator


@_on_gpu(describing_seconds)
def describe(
    name: str,
    device: str,
    picture: Image,
    asked: CaptionOptions,
    place: int,
) -> Generator[int | Done[str], None, None]:
    """The number of tokens, again and again, then the caption."""
    model = describer(name, device)
    yield from stepwise(
        lambda step: model.describe(picture, asked, step),
        lambda: stops.is_set(place),
    )


@_on_gpu(drawing_seconds)
def draw(
    name: str, device: str, recipe: Recipe, place: int
) -> Generator[int | Done[Drawn], None, None]:
    """The number of steps, again and again, then the picture."""
    model = drawer(name, device)
    yield from stepwise(lambda step: model.draw(recipe, step), lambda: stops.is_set(place))


@_on_gpu(editing_seconds)
def edit(
    name: str, device: str, recipe: Edit, picture: Image, place: int
) -> Generator[int | Done[Drawn], None, None]:
    """As `draw`, from a picture."""
    model = drawer(name, device)
    yield from stepwise(lambda step: model.edit(recipe, picture, step), lambda: stops.is_set(place))


def describer(name: str, device: str) -> "CaptionModel":
    """A captioning model, loaded once. Blocking."""

    def load() -> "CaptionModel":
        from describe_draw.engines.local.describing import CaptionModel
        from describe_draw.engines.local.devices import device_of

        return CaptionModel(name, device_of(device))

    return _once("describe", name, device, load)


def drawer(name: str, device: str) -> "DiffusionModel":
    """A drawing model, loaded once. Blocking."""

    def load() -> "DiffusionModel":
        from describe_draw.engines.local.devices import device_of
        from describe_draw.engines.local.drawing import DiffusionModel

        return DiffusionModel(name, device_of(device))

    return _once("draw", name, device, load)


def is_loaded(task: str, name: str, device: str) -> bool:
    """Whether a model needs no loading any more."""
    return ("draw" if task == "edit" else task, name, device) in _loaded


def _once(task: str, name: str, device: str, load: Callable[[], T]) -> T:
    key = (task, name, device)
    if key not in _loaded:  # a fork must not wait for a lock that nobody in it holds
        with _loading:
            if key not in _loaded:
                if name.startswith(("/", ".")) and not Path(name).is_dir():
                    raise FileNotFoundError(name)
                _loaded[key] = load()
    found: T = _loaded[key]
    return found
