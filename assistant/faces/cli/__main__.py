"""``python -m assistant.faces.cli`` is the command ``policy-assistant``."""

from assistant.faces.cli.main import main

main()
