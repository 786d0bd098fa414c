"""The game: describe a picture, draw the description, see how far the story drifts."""

from describe_draw.game.chain import Chain, Picture, Words
from describe_draw.game.drift import Drift
from describe_draw.game.rounds import Game, Round, play_round

__all__ = ["Chain", "Drift", "Game", "Picture", "Round", "Words", "play_round"]
