"""The tests; whatever Hub token the machine has stays out of them."""

import os
import tempfile

os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="hf-home-")
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["LOCAL_DEVICE"] = "none"  # tests of local models say which
for name in ("HF_TOKEN", "HF_API_KEY", "HUGGING_FACE_HUB_TOKEN"):
    os.environ.pop(name, None)
