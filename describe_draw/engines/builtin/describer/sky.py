"""The sky of a photo."""

import numpy as np
from PIL import Image

from .colours import colour_indices, shares
from .evidence import Evidence
from .tables import labels, least, seeing


def sky_of(evidence: Evidence) -> str | None:
    """The sky, where the segmenter sees one at the top and its colour is plain."""
    if evidence.around.area("sky", of="top") < 0.6 or evidence.around.area("sky") < 0.08:
        return None
    return str(seeing()["under_skies"].get(kind_of_sky(evidence), "")) or None


def kind_of_sky(evidence: Evidence) -> str | None:
    """What sort of sky it is, by the layout and by the colours where the sky is.

    Returns:
        "blue", "cloudy", "sunset", "pink" (a sunset too), or None where it is hard to say.
    """
    sky, surfaces = evidence.layout.sky, evidence.around.surfaces
    if surfaces is None or evidence.layout.dark or evidence.layout.grey:
        return sky
    small = evidence.picture.resize(surfaces.shape[::-1], Image.Resampling.BOX)
    above = np.asarray(small)[surfaces == labels("segmenter").index("sky")]
    tints = shares(colour_indices(above)) if len(above) else {}
    pink, blue = tints.get("pink", 0.0), tints.get("blue", 0.0) + tints.get("turquoise", 0.0)
    glow = sum(tints.get(tint, 0.0) for tint in ("orange", "red", "yellow"))
    haze = tints.get("beige", 0.0)
    if sky == "sunset" and pink + glow + haze < least("glow"):
        return None
    if sky == "sunset" or pink + glow + haze / 2 >= least("glowing"):
        return "pink" if pink > glow + haze else "sunset"
    if sky is None and blue >= least("blue_all_over"):
        return "blue"
    return None if sky == "cloudy" and blue > least("blue_between") else sky
