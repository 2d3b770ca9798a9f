"""The catalogue tool is a script; its tests import it from beside themselves."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
