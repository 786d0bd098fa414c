"""Two detectors and two classifiers: what they find in real photos, and how they are weighed."""

import numpy as np
import pytest

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.clothes import ClothesReader
from describe_draw.engines.builtin.describer.detection import Detector, _together
from describe_draw.engines.builtin.describer.faces import FaceReader
from describe_draw.engines.builtin.describer.networks import Networks, PhotoClassifier
from describe_draw.engines.builtin.describer.tables import class_nouns, labels
from tests.unit.test_describer import example

LEFT, RIGHT = (0.0, 0.0, 0.4, 1.0), (0.6, 0.0, 1.0, 1.0)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


@pytest.mark.parametrize(
    ("name", "label"), [("cat", "cat"), ("coffee", "cup"), ("astronaut", "person")]
)
def test_both_detectors_find_the_main_thing_and_are_surer_together(
    detector: Detector, name: str, label: str
) -> None:
    photo = example(name)
    first, second = (
        next(found for found in finds(photo) if found.label == label)
        for finds in (detector._by_ssd, detector._by_pico)
    )
    main, *_ = detector.detect(photo)
    assert main.label == label
    assert main.score > first.score
    assert main.box == second.box


def test_what_both_find_is_surer_than_what_one_does() -> None:
    cat, dog = Sighting("cat", 0.6, LEFT), Sighting("dog", 0.6, RIGHT)
    again = Sighting("cat", 0.8, (0.0, 0.1, 0.4, 1.0))
    weighed = {found.label: found for found in _together([cat, dog], [again])}
    assert weighed["cat"].score == pytest.approx(0.76)
    assert weighed["cat"].box == again.box
    assert weighed["dog"].score < 0.6
    other = Sighting("bird", 0.6, RIGHT)
    assert all(found.score < 0.6 for found in _together([dog], [other]))


def test_the_second_detector_has_fewer_words_and_no_others() -> None:
    assert len(labels("second_detector")) == 80
    assert set(labels("second_detector")) < set(labels("detector"))


def test_the_classifier_of_photos_is_surer_of_a_cup_of_espresso() -> None:
    photo, networks = example("coffee"), Networks()
    whole = networks.whole(photo)
    probabilities = PhotoClassifier().read(photo, whole).probabilities
    espresso = class_nouns().index("cup of espresso")
    assert probabilities.sum() == pytest.approx(1, abs=1e-3)
    assert int(np.argmax(probabilities)) == espresso
    assert probabilities[espresso] > 0.5


def test_the_astronauts_suit_is_clothes_and_her_face_is_none() -> None:
    """NASA's portrait of Eileen Collins has the suit below and the face above its middle."""
    photo = example("astronaut")
    (face,) = FaceReader().read(photo)
    clothes = ClothesReader().read(photo)
    x, y = (round(128 * at) for at in face.middle)
    assert not clothes[y - 4 : y + 4, x - 4 : x + 4].any()
    assert clothes[80:, 30:90].mean() > 0.7


def test_the_astronaut_smiles() -> None:
    """Eileen Collins in NASA's portrait of 1999 (scikit-image's example)."""
    (face,) = FaceReader().read(example("astronaut"))
    assert face.smile > 0.9
