"""Sounds as recorders make them, made by code, with all that they say of whoever speaks."""

from __future__ import annotations

import io
import math
import struct
from fractions import Fraction

import av

#: By type: container, codec, and the rate at which it is taken.
KINDS = {
    "audio/webm": ("webm", "libopus", 48000),
    "audio/ogg": ("ogg", "libopus", 48000),
    "audio/mp4": ("mp4", "aac", 44100),
    "audio/mpeg": ("mp3", "libmp3lame", 44100),
    "audio/wav": ("wav", "pcm_s16le", 8000),
}
_TAGS = ("title", "artist", "comment", "location", "album", "encoded_by")


def sound(kind: str = "audio/webm", seconds: float = 1, name: str = "", form: str = "") -> bytes:
    """A tone. `name` is planted in every tag that has room; `form`: another container."""
    container, codec, rate = KINDS[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=form or container) as file:
        file.metadata.update({tag: f"{name} {tag}" for tag in _TAGS if name})
        stream = file.add_stream(codec, rate=rate, layout="mono")
        if name:
            stream.metadata["title"] = f"{name} stream"
        for frame in _tone(seconds, rate):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def film() -> bytes:
    """A second of moving pictures."""
    out = io.BytesIO()
    with av.open(out, "w", format="webm") as file:
        stream = file.add_stream("libvpx", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for number in range(5):
            frame = av.VideoFrame(32, 32, "yuv420p")
            for plane in frame.planes:
                plane.update(bytes([40 * number]) * plane.buffer_size)
            frame.pts, frame.time_base = number, Fraction(1, 5)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


def seconds_of(raw: bytes) -> float:
    """How long a sound says it is."""
    with av.open(io.BytesIO(raw)) as file:
        return (file.duration or 0) / 1_000_000


def _tone(seconds: float, rate: int):
    length = int(seconds * rate)
    size = 960
    for start in range(0, length, size):
        count = min(size, length - start)
        wave = [int(9000 * math.sin(0.05 * (start + n))) for n in range(count)]
        frame = av.AudioFrame(format="s16", layout="mono", samples=count)
        frame.planes[0].update(
            struct.pack(f"<{count}h", *wave).ljust(frame.planes[0].buffer_size, b"\0")
        )
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame
