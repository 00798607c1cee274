"""The application, for flask and gunicorn."""

from kis.factory import create_app

app = create_app()
