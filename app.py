"""The Space's entry: builds the page and serves it."""

import os

from describe_draw.starting import begin, quietly, serve

quietly()  # before anything that imports Gradio

if os.environ.get("SPACES_ZERO_GPU"):
    import spaces  # noqa: F401  # before anything that touches the GPU

from describe_draw.ending import told_to_stop

if __name__ == "__main__":
    told = told_to_stop()  # before what takes seconds
settings, demo = begin()

if __name__ == "__main__":
    serve(settings, demo, told)
