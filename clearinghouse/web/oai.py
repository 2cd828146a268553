"""Where other libraries harvest this one, by OAI-PMH 2.0."""

from __future__ import annotations

from flask import Blueprint, Response, request

from clearinghouse.interchange import oai
from clearinghouse.web import site
from clearinghouse.web.whole_addresses import WholeAddresses

blueprint = Blueprint("oai", __name__)


@blueprint.route("/oai", methods=["GET", "POST"])
def answer() -> Response:
    """What is asked in the address, or in the form that was sent. The protocol's own errors are answers too."""
    asked = request.form if request.method == "POST" else request.args
    said = oai.answer(site.library(), asked.items(multi=True), WholeAddresses())
    return Response(said, content_type="text/xml; charset=utf-8")
