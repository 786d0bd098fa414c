"""The table of what is said of photos: it names only what the networks know, and rules hold."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.describer import photo, tables
from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.colours import COLOURS
from describe_draw.engines.builtin.describer.layout import Layout
from describe_draw.engines.builtin.describer.media import sorts
from describe_draw.engines.builtin.describer.observation import Observation
from describe_draw.engines.builtin.describer.surroundings import Surroundings

ENGLISH = captions("")

SEEING = tables.seeing()
LAYOUT = Layout({"grey": 1.0}, None, False, None, None, None, False, False)
NOTHING = Surroundings({}, {}, {}, {})
MEADOW = Surroundings({"sky": 0.4, "grass": 0.6}, {"sky": 1.0}, {"grass": 1.0}, {})
BEDROOM = Surroundings(
    {"wall": 0.5, "floor": 0.3, "bed": 0.2}, {"wall": 1.0}, {"floor": 1.0}, {"Furniture": 0.5}
)
STREET = Surroundings({"building": 0.5, "road": 0.5}, {"building": 1.0}, {"road": 1.0}, {})
SEA = Surroundings({"sky": 0.4, "sea": 0.6}, {"sky": 1.0}, {"sea": 1.0}, {})
WET = replace(SEA, words={"in the water": 0.3})
MIDDLE = (0.3, 0.3, 0.7, 0.9)
UNCLEAR = "a scene that is hard to make out"


def told(
    *sightings: Sighting,
    named: str = "",
    likely: float = 0.9,
    around: Surroundings = NOTHING,
    layout: Layout = LAYOUT,
    shade: str = "grey",
) -> Observation:
    """What is observed where the networks say this."""
    probabilities = np.full(1000, 0.0001, np.float32)
    if named:
        probabilities[tables.class_nouns().index(named)] = likely
    picture = Image.new("RGB", (64, 64), shade)
    return photo.read_photo(picture, "photo", probabilities, list(sightings), layout, around)


def said(*sightings: Sighting, **given) -> str:
    return ENGLISH.short(told(*sightings, **given))


def person(score: float = 0.8, box=MIDDLE) -> Sighting:
    return Sighting("person", score, box)


def crowd(count: int) -> list[Sighting]:
    return [person(0.75, (n / 10, 0.5, n / 10 + 0.08, 0.7)) for n in range(count)]


def test_the_table_names_only_what_the_networks_can_say() -> None:
    nouns = {*tables.class_nouns(), *(group.noun for group in tables.groups())}
    detector = set(tables.labels("detector"))
    labeler = set(tables.labels("labeler"))
    surfaces = set(tables.labels("segmenter"))
    rows = [*SEEING["rooms"], *SEEING["doings"]]
    seen = [label for row in rows for label in row["seen"]]
    seen += [*SEEING["small"], *SEEING["furnishings"], *SEEING["dishes"]["detector"]]
    for name in ("vehicles", "wheeled", "coloured", "furniture", "ridden", "carried", "traffic"):
        seen += SEEING[name]
    seen += SEEING["never_unheard"]["labels"]
    assert set(seen) | set(SEEING["better"]) <= detector
    named = [noun for row in SEEING["doings"] for noun in row["named"]]
    assert {*named, *SEEING["desks"], *SEEING["named_rooms"]["nouns"]} <= nouns
    words = [word for row in SEEING["support"].values() for word in row["labels"]]
    words += [word for row in SEEING["better"].values() for word in row]
    words += [*SEEING["labels"], *SEEING["dishes"]["labels"], *SEEING["animal_labels"]]
    assert {*words, *SEEING["wear"]["labels"], *SEEING["worn"]} <= labeler
    spread = [
        surface
        for row in (*SEEING["grounds"], *SEEING["streets"])
        for part in row["parts"]
        for surface in part["surfaces"]
    ]
    spread += [s for row in SEEING["support"].values() for s in row["surfaces"]]
    spread += [s for row in SEEING["furniture"].values() for s in row]
    assert {*spread, *SEEING["scenery"], *SEEING["surfaces"]["indoor"]} <= surfaces
    assert set(SEEING["surfaces"]["outdoor"]) <= surfaces
    assert {*SEEING["dull"], *(rule["name"] for rule in SEEING["hues"])} == set(COLOURS)
    assert set(SEEING["signs"]) <= set(sorts().words)


def test_every_threshold_is_used() -> None:
    folder = Path(tables.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    assert [name for name in SEEING["least"] if f'"{name}"' not in code] == []


def test_a_room_is_named_by_what_stands_in_it() -> None:
    bed = Sighting("bed", 0.7, (0.1, 0.5, 0.8, 0.9))
    assert said(bed, around=BEDROOM) == "a bedroom with a bed"
    assert said(bed, person(), around=BEDROOM) == "a person in a bedroom"
    assert "bedroom" not in said(bed, around=replace(BEDROOM, labels={}))


def test_no_room_with_a_couch_and_no_bed_is_a_bedroom() -> None:
    # Of two photos of living rooms the classifier's features alone said bedroom.
    sure = replace(BEDROOM, words={"bedroom": 0.95})
    couch = Sighting("couch", 0.7, (0.1, 0.5, 0.8, 0.9))
    bed = Sighting("bed", 0.8, (0.1, 0.5, 0.8, 0.9))
    assert said(couch, around=sure) == "a living room with a couch"
    assert said(couch, bed, around=sure).startswith("a bedroom")


@pytest.mark.parametrize(
    ("label", "score", "named", "words"),
    [
        ("skis", 0.4, "ski", "a person skiing"),
        ("skis", 0.4, "", "a person"),
        ("baseball bat", 0.7, "", "a person playing baseball"),
        ("sports ball", 0.4, "soccer ball", "a person playing football"),
        ("sports ball", 0.59, "", "a person"),
    ],
)
def test_sport_objects_beside_people_say_what_they_do(label, score, named, words) -> None:
    thing = Sighting(label, score, (0.6, 0.7, 0.75, 0.9))
    assert said(person(), thing, named=named, likely=0.3) == words


def test_a_sport_object_far_from_people_says_nothing() -> None:
    assert said(person(), Sighting("skis", 0.58, (0.9, 0.0, 1.0, 0.1))) == "a person"


@pytest.mark.parametrize(
    ("count", "words"), [(2, "two people"), (3, "people"), (4, "a group of people")]
)
def test_from_four_people_on_they_are_a_group(count: int, words: str) -> None:
    assert said(*crowd(count)) == words


def test_faint_sightings_make_a_number_a_group() -> None:
    faint = [replace(s, score=0.5) for s in crowd(9)[4:]]
    assert said(*crowd(4), *faint) == "a group of people"


@pytest.mark.parametrize(
    ("around", "words"),
    [(MEADOW, "a dog on grass"), (WET, "a dog in the water"), (SEA, "a dog"), (NOTHING, "a dog")],
)
def test_surroundings_are_said_with_support_only(around: Surroundings, words: str) -> None:
    green = replace(LAYOUT, palette={"green": 1.0})
    assert said(Sighting("dog", 0.8, MIDDLE), around=around, layout=green) == words


def test_a_colour_alone_is_no_ground_and_no_sky() -> None:
    looks = replace(LAYOUT, ground="grass", sky="blue")
    boat = Sighting("boat", 0.8, MIDDLE)
    assert said(boat, around=SEA, layout=looks) == "a boat on the water under a blue sky"
    assert said(boat, around=BEDROOM, layout=looks) == "a boat"


@pytest.mark.parametrize(("shade", "night"), [("#101010", True), ("#606060", False)])
def test_it_is_night_under_a_dark_sky(shade: str, night: bool) -> None:
    dark = replace(LAYOUT, dark=True, lights=True)
    car = Sighting("car", 0.8, MIDDLE)
    assert ("at night" in said(car, around=STREET, layout=dark, shade=shade)) is night


def test_a_street_is_what_small_cars_and_people_are_on() -> None:
    cars = [Sighting("car", 0.7, (n / 10, 0.6, n / 10 + 0.09, 0.7)) for n in range(3)]
    assert said(*cars, *crowd(2), around=STREET).startswith("a city street with ")


def test_what_the_classifier_alone_takes_for_a_building_is_not_said() -> None:
    assert "church" not in said(named="church", likely=0.6, around=SEA)
    assert "a church" in said(named="church", likely=0.6, around=STREET)


def test_what_the_labeler_knows_better_is_called_so() -> None:
    plane = Sighting("airplane", 0.8, MIDDLE)
    around = replace(NOTHING, labels={"Helicopter": 1.0})
    assert said(plane, named="airliner", likely=0.3, around=around) == "a helicopter"


def test_what_the_detector_has_no_word_for_is_an_animal() -> None:
    cat = Sighting("cat", 0.78, MIDDLE)
    assert said(cat, named="hare", likely=0.4) == "an animal"
    assert said(cat, named="tabby cat", likely=0.4) == "a cat"
    assert said(Sighting("dog", 0.7, MIDDLE), named="lion", likely=0.7) == "a lion"


def test_faint_things_beside_an_animal_need_a_witness() -> None:
    coral = Sighting("broccoli", 0.75, (0.0, 0.6, 0.4, 1.0))
    seen = {"named": "stingray", "likely": 0.8}
    assert said(coral, **seen) == "a stingray"
    known = replace(NOTHING, labels={"Broccoli": 0.5})
    assert said(coral, **seen, around=known) == "a stingray with broccoli"


def test_a_ship_needs_water() -> None:
    assert "ship" not in said(named="container ship", likely=0.6, around=STREET)
    assert said(named="container ship", likely=0.6, around=SEA).startswith("a container ship")


def test_the_sky_is_not_the_colour_of_what_flies() -> None:
    blue = Image.new("RGB", (64, 64), "blue")
    plane = Sighting("airplane", 0.9, MIDDLE)
    seen = photo.read_photo(blue, "photo", np.full(1000, 0.0001), [plane], LAYOUT, MEADOW)
    assert seen.things[0].colour is None


def test_what_is_cut_out_on_white_stands_in_no_snow() -> None:
    snow = replace(LAYOUT, ground="snow", backdrop="white")
    assert said(named="elephant", around=SEA, layout=snow) == "an elephant on a white background"


@pytest.mark.parametrize(
    ("backdrop", "medium"), [(None, "black and white photo"), ("white", "photo")]
)
def test_what_has_no_colour_before_white_may_be_a_colour_photo(backdrop, medium) -> None:
    grey = replace(LAYOUT, grey=True, backdrop=backdrop)
    assert told(named="elephant", layout=grey).medium == medium


def test_players_far_away_are_not_told_by_what_lies_about() -> None:
    bat = Sighting("baseball bat", 0.7, (0.5, 0.5, 0.52, 0.52))
    far, near = person(0.8, (0.45, 0.45, 0.52, 0.55)), person(0.8, (0.3, 0.2, 0.52, 0.7))
    assert "playing" not in said(far, bat, around=MEADOW)
    assert "playing baseball" in said(near, bat, around=MEADOW)


def test_flowers_are_no_insect() -> None:
    around = replace(NOTHING, labels={"Flower": 0.9, "Plant": 1.0})
    assert said(named="bee", likely=0.5, around=around) == "flowers"
    assert said(named="bee", likely=0.9, around=around) == "a bee"
    vase = Sighting("vase", 0.6, (0.4, 0.5, 0.6, 0.9))
    assert said(vase, named="bee", likely=0.5, around=around) == "flowers"
    around = replace(NOTHING, labels={"Flower": 0.9, "Plant": 1.0, "Vase": 0.5})
    assert said(vase, named="bee", likely=0.5, around=around) == "flowers in a vase"


@pytest.mark.parametrize(
    ("named", "likely", "words"),
    [
        ("barrette", 0.55, UNCLEAR),
        ("barrette", 0.65, "a barrette"),
        ("spatula", 0.43, "what looks like a kitchen utensil"),
        ("spatula", 0.3, UNCLEAR),
        ("sandal", 0.45, "a pair of shoes"),
        ("sandal", 0.55, "a shoe"),
        ("traffic sign", 0.9, "a sign"),
        ("book cover", 0.55, UNCLEAR),
    ],
)
def test_what_only_the_classifier_sees_must_be_likely_or_is_told_in_general(
    named: str, likely: float, words: str
) -> None:
    assert said(named=named, likely=likely) == words


@pytest.mark.parametrize(("surface", "words"), [(0.2, "a person"), (0.0, UNCLEAR)])
def test_another_network_sees_whom_the_detector_is_unsure_of(surface: float, words: str) -> None:
    around = replace(NOTHING, areas={"person": surface, "wall": 1 - surface})
    assert said(person(0.68), around=around) == words


def test_where_nothing_stands_out_surfaces_are_told() -> None:
    lake = Surroundings({"sky": 0.5, "tree": 0.2, "water": 0.3}, {"sky": 1.0}, {"water": 1.0}, {})
    seen = {"around": lake, "named": "lakeside", "likely": 0.21}
    assert said(**seen) == "trees and water"
    blue = replace(LAYOUT, sky="blue")
    assert said(**seen, layout=blue) == "trees and water under a blue sky"


def test_surfaces_alone_are_no_view() -> None:
    card = Surroundings({"building": 0.9, "sky": 0.1}, {"sky": 1.0}, {"building": 1.0}, {})
    assert said(around=card) == UNCLEAR
    leaves = Surroundings({"tree": 0.8, "sky": 0.2}, {"tree": 1.0}, {"tree": 1.0}, {})
    assert said(around=leaves, layout=replace(LAYOUT, palette={"green": 0.6})) == "trees"


def test_an_observation_tells_what_is_where_in_what_colour() -> None:
    red = Image.new("RGB", (64, 64), "red")
    probabilities = np.full(1000, 0.0001, np.float32)
    sightings = [Sighting("car", 0.9, (0.0, 0.0, 0.3, 0.3)), Sighting("dog", 0.8, MIDDLE)]
    seen = photo.read_photo(red, "photo", probabilities, sightings, LAYOUT, MEADOW)
    assert seen.sighted == (
        Sighting("car", 0.9, (0.0, 0.0, 0.3, 0.3), "red"),
        Sighting("dog", 0.8, MIDDLE, None),
    )
    assert [sighted.place for sighted in seen.sighted] == ["top left", "middle"]
    assert dict(seen.areas) == {"sky": 0.4, "grass": 0.6}
    assert seen.scenery == ("grass",)


def test_a_detailed_caption_adds_what_else_was_seen_and_where() -> None:
    clock = Sighting("clock", 0.8, (0.8, 0.0, 0.9, 0.1))
    text = ENGLISH.detailed(told(Sighting("dog", 0.8, MIDDLE), clock, around=MEADOW))
    assert text == "A dog on grass. Also in the picture: a clock at the top right."


def test_what_the_detector_takes_an_insect_for_is_not_told() -> None:
    bird = Sighting("bird", 0.8, MIDDLE)
    seen = told(bird, named="ladybug", likely=0.8, around=MEADOW)
    assert ENGLISH.detailed(seen) == "A ladybug. Also in the picture: grass."
    assert seen.sighted == ()


def test_a_second_animal_needs_both_networks() -> None:
    zebra, cat = Sighting("zebra", 0.78, MIDDLE), Sighting("cat", 0.8, (0.1, 0.1, 0.9, 0.9))
    assert said(cat, zebra, named="tiger", likely=0.8) == "a tiger"
    giraffe = Sighting("giraffe", 0.8, (0.1, 0.1, 0.5, 0.9))
    assert said(giraffe, zebra, named="zebra", likely=0.3) == "a giraffe with a zebra"


def test_animals_in_the_dark_are_not_at_night() -> None:
    dusk = replace(LAYOUT, dark=True, lights=True)
    sheep = Sighting("sheep", 0.8, MIDDLE)
    assert said(sheep, named="sheep", around=MEADOW, layout=dusk, shade="black") == "a sheep"
    car = Sighting("car", 0.8, MIDDLE)
    assert said(car, around=MEADOW, layout=dusk, shade="black").endswith("at night")


def test_faint_animals_make_a_number_a_group() -> None:
    flock = [Sighting("sheep", 0.7 - n / 40, (n / 9, 0.4, n / 9 + 0.1, 0.6)) for n in range(8)]
    assert said(*flock, named="sheep", likely=0.6) == "several sheep"


def test_what_people_do_is_not_listed_again() -> None:
    skis = Sighting("skis", 0.8, (0.4, 0.8, 0.6, 0.9))
    assert ENGLISH.detailed(told(person(), skis)) == "A person skiing."


def test_every_sky_has_words() -> None:
    assert (
        set(SEEING["skies"]) == set(SEEING["under_skies"]) == {"blue", "sunset", "pink", "cloudy"}
    )


def test_a_dish_is_food_until_a_second_network_hears_it() -> None:
    table = replace(NOTHING, labels={"Food": 0.6})
    assert said(named="burrito", likely=0.8, around=table) == "food"
    heard = replace(NOTHING, labels={"Food": 0.6, "Burrito": 0.4})
    assert said(named="burrito", likely=0.8, around=heard) == "a burrito"


def test_a_toy_that_outweighs_somebody_is_what_a_photo_is_about() -> None:
    bear = Sighting("teddy bear", 0.8, MIDDLE)
    behind = person(0.75, (0.0, 0.0, 0.2, 0.2))
    around = replace(NOTHING, areas={"person": 0.2, "wall": 0.8})
    assert said(bear, behind, named="teddy bear", likely=0.7, around=around) == "a teddy bear"
