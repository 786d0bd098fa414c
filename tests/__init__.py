"""The tests; whatever Hub token the machine has stays out of them.

What they and the libraries write for their own use goes to one folder, which goes when they end.
"""

import atexit
import os
import shutil
import tempfile

from describe_draw.borrowed import stubs

stubs.write_none()  # it takes two seconds
_folder = os.path.realpath(tempfile.mkdtemp(prefix="describe-draw-tests-"))  # as macOS has links
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HF_HOME"] = f"{_folder}/hub"
os.environ["GRADIO_TEMP_DIR"] = f"{_folder}/gradio"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["LOCAL_DEVICE"] = "none"  # tests of local models say which
for name in ("HF_TOKEN", "HF_API_KEY", "HUGGING_FACE_HUB_TOKEN"):
    os.environ.pop(name, None)
