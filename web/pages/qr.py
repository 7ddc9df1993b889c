"""A QR code as SVG that the page's policy lets through: attributes, no styles."""

from __future__ import annotations

from io import BytesIO

from markupsafe import Markup

__all__ = ["qr_svg"]


def qr_svg(text: str) -> Markup:
    """Return the code of a text as an SVG element, black on white in every colour scheme."""
    # Imported here: the library takes a megabyte, and few pages show a code.
    import segno

    written = BytesIO()
    segno.make(text, error="m", micro=False).save(
        written,
        kind="svg",
        border=4,
        dark="#000000",
        light="#ffffff",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        nl=False,
    )
    # The library's own output for a text that is encoded as modules, so nothing of it is markup.
    return Markup(written.getvalue().decode())  # noqa: S704
