"""The blueprint of the casework; its pages are in the modules beside it."""

from flask import Blueprint

blueprint = Blueprint("casework", __name__)
