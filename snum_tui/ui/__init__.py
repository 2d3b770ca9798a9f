"""What the person sees."""

import os

# Textual reads it while it is imported. A key that comes right behind another paint waits for the next of its
# frames; how often the program itself paints is for `painter.py`.
os.environ.setdefault("TEXTUAL_FPS", "240")
