"""Tests of local models, with tiny ones: more threads than one only wait for each other."""

import os

os.environ["OMP_NUM_THREADS"] = "1"
