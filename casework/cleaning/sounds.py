"""Sound: its packets go as they are into a new file of the same kind, and nothing else does.

So tags, places, pictures, chapters and what stands before and behind are not copied. How long it
is, is what its packets say, whatever its head claims.
"""

from __future__ import annotations

import io

import av
from av.container import InputContainer, OutputContainer

from casework.cleaning import Film, TooLong, Unfit

#: How each type is read and written, and what it may hold. Vorbis in WebM would bring its comments.
FORMS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "audio/webm": ("matroska", "webm", ("opus",)),
    "audio/ogg": ("ogg", "ogg", ("opus", "vorbis")),
    "audio/mp4": ("mov", "mp4", ("aac",)),
    "audio/mpeg": ("mp3", "mp3", ("mp3", "mp3float")),
    "audio/wav": ("wav", "wav", ("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le")),
}
LONGEST = 3 * 60 + 5  # seconds: three minutes, and what a recorder adds before it stops
_PLAIN = {"fflags": "+bitexact"}  # no date, and no name of the program


def clean(raw: bytes, kind: str) -> bytes:
    """The sound and nothing else. Raises `Unfit`, `TooLong`, and `Film` for moving pictures."""
    reader, writer, codecs = FORMS[kind]
    out = io.BytesIO()
    try:
        # The format is said, not guessed: some others read further files, or addresses.
        with av.open(io.BytesIO(raw), "r", format=reader) as source:
            _look_at(source, codecs)
            with av.open(out, "w", format=writer, options=_PLAIN) as target:
                _copy(source, target)
    except (av.FFmpegError, ValueError, MemoryError) as error:
        raise Unfit from error
    return out.getvalue()


def _look_at(source: InputContainer, codecs: tuple[str, ...]) -> None:
    covers = av.stream.Disposition.attached_pic
    if any(not stream.disposition & covers for stream in source.streams.video):
        raise Film
    if len(source.streams.audio) != 1 or source.streams.audio[0].codec.name not in codecs:
        raise Unfit


def _is_between(packet: av.Packet, form: str) -> bool:
    """Whether it is what stands between the frames of an MP3, or behind them: these begin alike."""
    return form == "mp3" and bytes(packet)[:1] != b"\xff"


def _bare(packet: av.Packet) -> av.Packet:
    """A packet without what goes beside it, like tags of a sound that was joined to the first.

    How much silence is cut from it stays.
    """
    bare = av.Packet(bytes(packet))
    bare.pts, bare.dts, bare.duration = packet.pts, packet.dts, packet.duration
    bare.time_base, bare.is_keyframe = packet.time_base, packet.is_keyframe
    if packet.has_sidedata("skip_samples"):
        bare.set_sidedata(packet.get_sidedata("skip_samples"))
    return bare


def _copy(source: InputContainer, target: OutputContainer) -> None:
    sound = source.streams.audio[0]
    copied = target.add_stream_from_template(sound)
    copied.metadata.clear()
    heard, unit = 0.0, float(sound.time_base or 0)
    for packet in source.demux(sound):
        if packet.dts is None or _is_between(packet, target.format.name):
            continue
        end = (packet.pts or 0) - (sound.start_time or 0) + (packet.duration or 0)
        heard = max(heard, end * unit)
        if heard > LONGEST:
            raise TooLong
        bare = _bare(packet)
        bare.stream = copied
        target.mux(bare)
    if not heard:
        raise Unfit
