"""Everything that was found in a photo, for whoever asks for it."""

from dataclasses import replace

from .boxes import Sighting
from .evidence import Evidence, colour_of, name_of
from .tables import least


def all_sighted(evidence: Evidence) -> tuple[Sighting, ...]:
    """Everything that was found at a place, for whoever asks where, or how many."""
    return tuple(
        replace(s, label=name_of(evidence, s.label), colour=colour_of(evidence, s.label, s.box))
        for s in evidence.sightings
        if s.label in evidence.found and s.score >= least("faint_thing")
    )


def all_glimpsed(evidence: Evidence) -> tuple[Sighting, ...]:
    """What the detector may have found besides."""
    known = {(s.label, s.box) for s in all_sighted(evidence)}
    faint = (s for s in evidence.sightings if s.score >= least("glimpsed"))
    named = (replace(s, label=name_of(evidence, s.label)) for s in faint)
    return tuple(s for s in named if (s.label, s.box) not in known)
