"""How each of diffusers' pipelines is asked, by its own signature."""

from collections.abc import Callable, Collection
from inspect import signature
from math import ceil
from typing import Any

from describe_draw.engines import model_families
from describe_draw.engines.local.kinds import WrongKind
from describe_draw.engines.local.strength import done_of, steps_for
from describe_draw.recipe import EDIT_OPTIONS, Edit, Recipe

GUIDANCE = ("guidance_scale", "true_cfg_scale", "prior_guidance_scale")
"""What pipelines call the guidance scale, most of them the first."""

FOREIGN = ("control_image", "controlnet", "num_frames", "layers")
"""What tells pipelines that need more than words and a picture, or make films or layers."""

Step = Callable[[int], None]


class Asking:
    """How a pipeline is asked for a drawing.

    Args:
        call: What it is called by.
        name: The model's name, and the pipeline's.
        parts: The names of what it is made of.
        is_distilled: Whether it says of itself that it isn't guided.

    Attributes:
        unused: The options that it has no use for.
        given: Those that a picture of the drawing's size says already, where it takes one.
        keeps: Whether it has a strength: how much of a picture is left.
        tells_steps: Whether it tells its steps: else nothing stops it before its end.

    Raises:
        WrongKind: It needs more than words, or makes no pictures.
    """

    def __init__(
        self,
        call: Callable[..., Any],
        name: str,
        parts: Collection[str] = (),
        is_distilled: bool = False,
    ) -> None:
        taken = signature(call).parameters
        if "prompt" not in taken or any(one in taken or one in parts for one in FOREIGN):
            raise WrongKind(name)
        self._kind = name
        self._taken = frozenset(taken)
        self._is_distilled = is_distilled or model_families.is_distilled(name)
        self._names = {option: known.upstream for option, known in EDIT_OPTIONS.items()}
        self._names |= {"seed": "generator", "guidance": _guidance(taken)}
        unused = {option for option, known in self._names.items() if known not in taken}
        self.unused = model_families.never_used(name) | unused
        if self._is_distilled:
            self.unused |= {"guidance", "negative_prompt"}
        self.given = {"width", "height"}
        self.keeps = "strength" in taken
        self.tells_steps = bool(self._taken & {"callback_on_step_end", "callback"})

    def asked(self, recipe: Recipe, generator: Any) -> dict[str, Any]:
        """A recipe in the pipeline's own terms; what isn't said is left to the pipeline."""
        values = recipe.asked() | {"steps": self.steps(recipe), "seed": generator}
        asked = {self._names[o]: v for o, v in values.items() if o not in self.unused}
        guidance = self._names["guidance"]
        if self._is_distilled and guidance in self._taken:
            asked[guidance] = 0.0
        if guidance == "true_cfg_scale":  # is followed only beside a negative prompt
            asked.setdefault("negative_prompt", " ")
        if "guidance_schedule" in self._taken:  # refuses both
            asked["guidance_schedule"] = None
        if "max_area" in self._taken:  # which the sides are scaled to
            asked["max_area"] = recipe.width * recipe.height
        return {"prompt": recipe.prompt} | asked

    def steps(self, recipe: Recipe) -> int:
        """The steps that are asked for; none where a picture is to stay as it is."""
        steps = model_families.steps_of(self._kind, recipe.steps)
        if not (self.keeps and isinstance(recipe, Edit)):
            return steps
        return steps_for(recipe.strength, steps, goes_through=self._goes_through)

    def done(self, recipe: Recipe) -> int:
        """The steps of those that are done."""
        steps = self.steps(recipe)
        if not (self.keeps and isinstance(recipe, Edit)) or self._goes_through:
            return steps
        return done_of(recipe.strength, steps)

    @property
    def _goes_through(self) -> bool:
        """Whether all of the steps are done, close together, however much of a picture is left."""
        return "original_inference_steps" in self._taken

    def telling(self, step: Step, rounds: Callable[[], int], steps: int) -> dict[str, Any]:
        """What has a pipeline tell its steps.

        Args:
            step: Told how many of the steps are done.
            rounds: How often the pipeline tells one: some schedulers go round more often.
            steps: How many were asked for.
        """

        def told(_: Any, number: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            step(ceil((number + 1) * steps / max(rounds(), number + 1)))
            return tensors

        def told_before(_: Any, __: int, ___: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            step(0)
            return tensors

        if "callback_on_step_end" not in self._taken:
            older = {"callback": lambda number, *_: told(None, number, None, {})}
            return older if "callback" in self._taken else {}
        prior = {"prior_callback_on_step_end": told_before}
        is_combined = "prior_callback_on_step_end" in self._taken
        return {"callback_on_step_end": told} | (prior if is_combined else {})


def _guidance(taken: Any) -> str:
    """What a pipeline calls its guidance scale; one without a value is off by default."""
    names = [name for name in GUIDANCE if name in taken]
    return min(names, key=lambda name: taken[name].default is None, default=GUIDANCE[0])
