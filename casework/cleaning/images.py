"""Pictures: decoded and written again, so that the pixels are all that is kept."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from casework.cleaning import TooManyPixels, Unfit

#: The format in which each type is written again, and how: quickly rather than smallest.
FORMS: dict[str, tuple[str, dict[str, int]]] = {
    "image/jpeg": ("JPEG", {}),
    "image/png": ("PNG", {"compress_level": 4}),
    "image/webp": ("WEBP", {"method": 1}),
}
MAX_PIXELS = 50_000_000


def clean(raw: bytes, kind: str) -> bytes:
    """The first picture of `raw`, upright; no place, device, comment or profile. Raises `Unfit`."""
    form, how = FORMS[kind]
    try:
        image: Image.Image = Image.open(io.BytesIO(raw), formats=[form])
        if image.width * image.height > MAX_PIXELS:
            raise TooManyPixels
        clear = form != "JPEG" and image.has_transparency_data
        image = ImageOps.exif_transpose(image).convert("RGBA" if clear else "RGB")
        image.info = {}  # Pillow would write a comment, a profile and a resolution again
        out = io.BytesIO()
        image.save(out, form, **how)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise Unfit from error
    return out.getvalue()
