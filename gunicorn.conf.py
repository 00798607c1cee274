"""How gunicorn serves the desk: everything is loaded once, before the workers part, and its memory shared."""

import gc
from typing import Any

preload_app = True


def when_ready(server: Any) -> None:
    """What is loaded by now stays: the collector would only touch it, and so copy it for each worker."""
    application = server.app.wsgi()
    if hasattr(application, "load_pages"):  # the peer that pages are measured beside has none
        application.load_pages()
    gc.collect()
    gc.freeze()
