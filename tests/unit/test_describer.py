"""The describer as its callers see it: pictures in, words out."""

import subprocess
import sys
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.describer import Describer, describer, detection, networks
from describe_draw.engines.builtin.illustrator import Illustrator

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def offline() -> Describer:
    return Describer()


def example(name: str) -> Image.Image:
    with Image.open(EXAMPLES / f"{name}.jpg") as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cat", "a cat"),
        ("astronaut", "a smiling person in orange"),
        ("coffee", "a cup of espresso"),
        ("rocket", "a rocket"),
    ],
)
def test_photos_are_described(offline: Describer, name: str, words: str) -> None:
    assert words in offline.describe(example(name))


def test_short_is_a_plain_phrase(offline: Describer) -> None:
    said = offline.describe(example("cat"))
    assert said[0].islower()
    assert not said.endswith(".")


def test_detailed_is_in_sentences(offline: Describer) -> None:
    said = offline.describe(example("cat"), "detailed")
    assert said[0].isupper()
    assert said.endswith(".")
    assert len(said) > len(offline.describe(example("cat")))


@pytest.mark.parametrize("name", ["cat", "astronaut", "coffee", "rocket"])
def test_alt_text_is_one_short_sentence(offline: Describer, name: str) -> None:
    said = offline.describe(example(name), "alt text")
    assert said.startswith("Photo of ")
    assert said.count(".") == 1
    assert said.endswith(".")
    assert len(said) <= 125


@pytest.mark.parametrize("name", ["cat", "astronaut", "coffee", "rocket"])
def test_tags_are_lower_case_and_distinct(offline: Describer, name: str) -> None:
    tags = offline.describe(example(name), "tags").split(", ")
    assert 1 <= len(tags) <= 10
    assert len(set(tags)) == len(tags)
    assert all(tag and tag == tag.lower() for tag in tags)


def test_an_unknown_style_is_refused_with_those_there_are(offline: Describer) -> None:
    with pytest.raises(ValueError, match="short, detailed, alt text, tags"):
        offline.describe(example("cat"), "haiku")


@pytest.mark.parametrize("style", Describer.styles)
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2), (640, 480)])
@pytest.mark.parametrize("colour", ["black", "white", "red"])
def test_plain_pictures_of_any_size_are_named_by_their_colour(
    offline: Describer, size: tuple[int, int], colour: str, style: str
) -> None:
    assert colour in offline.describe(Image.new("RGB", size, colour), style)


@pytest.mark.parametrize("size", [(3, 2), (1, 500), (2000, 3), (17, 400)])
def test_noise_of_any_size_gets_some_words(offline: Describer, size: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3), np.uint8)
    assert offline.describe(Image.fromarray(noise))


def test_the_same_picture_gets_the_same_words(offline: Describer) -> None:
    assert offline.describe(example("cat")) == Describer().describe(example("cat"))


def test_features_tell_alike_pictures_from_others(offline: Describer) -> None:
    cat, coffee = example("cat"), example("coffee")
    smaller = cat.resize((cat.width // 2, cat.height // 2))
    features = [offline.features(p) for p in (cat, smaller, coffee)]
    assert all(f.shape == (1280,) and f.dtype == np.float32 for f in features)

    def likeness(a: int, b: int) -> float:
        one, other = features[a], features[b]
        return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    assert likeness(0, 1) > 0.9
    assert likeness(0, 2) < 0.7


def test_first_calls_at_once_load_the_networks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []

    class Counted(networks.Networks):
        def __init__(self) -> None:
            loads.append(1)
            super().__init__()

    monkeypatch.setattr(describer, "Networks", Counted)
    shared = Describer()
    with ThreadPoolExecutor(4) as threads:
        said = set(threads.map(shared.describe, [example("cat")] * 4))
    assert len(loads) == 1
    assert len(said) == 1


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each way of looking at a picture was run."""
    counted: Counter[str] = Counter()

    def count(kind: type, name: str) -> None:
        run = getattr(kind, name)

        def counting(*args: Any) -> Any:
            counted[name] += 1
            return run(*args)

        monkeypatch.setattr(kind, name, counting)

    for way in (
        (networks.Networks, "whole"),
        (networks.Networks, "fine"),
        (networks.Networks, "_classify"),
        (networks.PhotoClassifier, "read"),
        (detection.Detector, "detect"),
    ):
        count(*way)
    return counted


def test_a_picture_that_is_looked_at_and_then_described_is_classified_once(
    runs: Counter[str],
) -> None:
    shared = Describer()
    features = shared.features(example("cat"))
    assert runs == {"whole": 1, "_classify": 1}
    assert "a cat" in shared.describe(example("cat"))
    assert runs == {"whole": 1, "_classify": 1, "read": 1, "detect": 1}
    assert np.array_equal(shared.features(example("cat")), features)
    assert runs["_classify"] == 1


def test_every_further_style_of_a_picture_costs_no_run(runs: Counter[str]) -> None:
    shared = Describer()
    said = {style: shared.describe(example("coffee"), style) for style in Describer.styles}
    assert runs == {"whole": 1, "_classify": 1, "read": 1, "detect": 1}
    assert said == {style: Describer().describe(example("coffee"), style) for style in said}


def test_a_drawing_is_classified_once_as_a_whole(runs: Counter[str]) -> None:
    shared = Describer()
    drawing = Illustrator().draw("a dog in a park", width=384, height=384, seed=1).image
    shared.features(drawing)
    assert "an illustration of" in shared.describe(drawing)
    assert runs["whole"] == 1 < runs["fine"] <= 4
    assert runs["_classify"] == runs["whole"] + runs["fine"]


def test_a_pixel_or_the_shape_makes_another_picture(runs: Counter[str]) -> None:
    shared, cat = Describer(), example("cat")
    shared.features(cat)
    shared.features(Image.frombytes("RGB", (cat.width * 2, cat.height // 2), cat.tobytes()))
    red, green, blue = cat.getpixel((5, 5))  # type: ignore[misc]
    cat.putpixel((5, 5), (red, green, blue ^ 1))
    shared.features(cat)
    assert runs["whole"] == 3


def test_only_the_latest_pictures_are_remembered(runs: Counter[str]) -> None:
    shared = Describer()
    many = [Image.new("RGB", (32, 32), (n, 0, 0)) for n in range(describer.REMEMBERED + 1)]
    for picture in many:
        shared.features(picture)
    shared.features(many[-1])
    assert runs["whole"] == len(many)
    shared.features(many[0])
    assert runs["whole"] == len(many) + 1


def test_what_is_remembered_is_small_and_nobody_can_change_it() -> None:
    shared = Describer()
    shared.features(Image.new("RGB", (64, 64), "navy"))
    tracemalloc.start()
    for n in range(describer.REMEMBERED - 1):
        features = shared.features(Image.new("RGB", (512, 512), (n, n, 0)))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < describer.REMEMBERED * 20_000
    with pytest.raises(ValueError, match="read-only"):
        features[0] = 1


def test_many_threads_get_the_words_of_their_own_pictures() -> None:
    shared = Describer()
    pictures = [example(name) for name in ("cat", "coffee", "rocket")]
    said = [Describer().describe(picture) for picture in pictures]
    with ThreadPoolExecutor(6) as threads:
        again = list(threads.map(lambda n: shared.describe(pictures[n % 3]), range(18)))
    assert again == said * 6


@pytest.mark.slow
def test_importing_and_making_one_loads_no_network_library() -> None:
    code = (
        "import sys; from describe_draw.engines.builtin.describer import Describer; "
        "Describer(); sys.exit('onnxruntime' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
