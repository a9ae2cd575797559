"""A teacher who speaks in tones, each higher than the last, and a room that keeps all it hears.

What a room hears is recorded as it sounds, and looked at afterwards: no timer of a busy page has a
part in it.
"""

import base64
import io
from dataclasses import dataclass
from itertools import pairwise

import av
import numpy as np
import numpy.typing as npt
from playwright.async_api import Page

TONES = 20
"""Then the lowest again; a tone is to the next as 100 to 113: a voice a little too high is told."""
LOWEST, APART = 300.0, 1.13
RATE = 12_000  # Hz: four times the highest tone
LOOK, HOP = 480, 120  # samples: 40 ms, every 10
FINE = 4096  # a look is filled up to so many: peaks to 3 Hz
LEAST = 0.03  # of full scale; they are said with 0.3
CLUSTER = b"\x1f\x43\xb6\x75"  # of WebM: sound begins here
BRIEF = 0.08  # seconds: less is the edge of another, or a gap being made up; a third of a word

SPEAKS = """
{
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  let begun = null, said = 0;
  const speak = context => {
    const out = context.createMediaStreamDestination();
    let at = context.currentTime + 0.2;
    setInterval(() => {
      at = Math.max(at, context.currentTime + 0.05); // a page that comes late says all of it
      for (; at < context.currentTime + 3; said++) {
        const tone = new OscillatorNode(context, { frequency: 300 * 1.13 ** (said % 20) });
        const gain = new GainNode(context, { gain: 0.3 });
        tone.connect(gain).connect(out);
        tone.start(at);
        tone.stop(at + 0.3);
        at += (said % 4 === 3) ? 1.7 : 0.5;
      }
    }, 100);
    return out.stream;
  };
  navigator.mediaDevices.getUserMedia = async wanted => {
    if (!wanted.audio) return real(wanted);
    begun ??= speak(new AudioContext({ sampleRate: 48000 }));
    return begun.clone();
  };
}
"""

HEARS = """
{
  // One recording from each time on that something can be heard until it cannot.
  const recordings = [], open = new Map();
  const begin = (source, stream) => {
    if (open.has(source)) return;
    const recorder = new MediaRecorder(stream, { audioBitsPerSecond: 64000 });
    const recording = { recorder, pieces: [] };
    recorder.ondataavailable = ({ data }) => recording.pieces.push(data);
    recorder.start(250);
    recordings.push(recording);
    open.set(source, recording);
  };
  const end = source => {
    const recording = open.get(source);
    if (recording?.recorder.state === 'recording') recording.recorder.stop();
    open.delete(source);
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      to.copy ??= new MediaStreamAudioDestinationNode(this.context, { channelCount: 1 });
      connect.call(this, to.copy);
      begin(to, to.copy.stream);
    }
    return connect.call(this, to, ...rest);
  };
  const close = AudioContext.prototype.close;
  AudioContext.prototype.close = function () { end(this.destination); return close.call(this); };
  const tell = voice => {
    const audible = voice instanceof HTMLAudioElement && voice.srcObject && !voice.muted;
    if (audible) begin(voice, voice.srcObject);
    else end(voice);
  };
  const watch = name => {
    const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, name);
    Object.defineProperty(HTMLMediaElement.prototype, name, {
      get, set(value) { set.call(this, value); tell(this); }, configurable: true,
    });
  };
  watch('muted');
  watch('srcObject');
  const flushed = ({ recorder }) => new Promise(done => {
    if (recorder.state !== 'recording') return done();
    recorder.addEventListener('dataavailable', done, { once: true });
    recorder.requestData();
  });
  const read = ({ pieces }) => new Promise(done => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(',')[1] ?? '');
    reader.readAsDataURL(new Blob(pieces));
  });
  window.heard = async () => {
    await Promise.all(recordings.map(flushed));
    return Promise.all(recordings.map(read));
  };
}
"""


@dataclass(frozen=True)
class Word:
    """A tone that was heard, and from when to when, in seconds of its recording."""

    tone: int
    begins: float
    ends: float


async def heard(page: Page) -> list[Word]:
    """The tones in the order in which the room has heard them so far."""
    recordings: list[str] = await page.evaluate("window.heard()")
    return [word for one in recordings for word in words(sound(base64.b64decode(one)))]


def sound(file: bytes) -> npt.NDArray[np.float32]:
    """The samples of a recording as a browser makes it, one voice."""
    if CLUSTER not in file:  # its head alone, or nothing yet
        return np.zeros(0, np.float32)
    with av.open(io.BytesIO(file), "r") as container:
        frames = [frame.to_ndarray().mean(axis=0) for frame in container.decode(audio=0)]
    whole = np.concatenate([np.zeros(0), *frames])
    fine = whole[: len(whole) // 4 * 4].reshape(-1, 4)
    return np.asarray(fine.mean(axis=1), np.float32)


def words(samples: npt.NDArray[np.float32]) -> list[Word]:
    """Each tone in them; one that has a hole of less than 60 ms is one."""
    if len(samples) < LOOK:
        return []
    looks = np.lib.stride_tricks.sliding_window_view(samples, LOOK)[::HOP]
    loud = np.abs(np.fft.rfft(looks * np.hanning(LOOK), FINE)) * 4 / LOOK
    hertz = np.maximum(loud.argmax(axis=1), 1) * RATE / FINE
    tones = np.round(np.log(hertz / LOWEST) / np.log(APART)).astype(int)
    is_tone = (loud.max(axis=1) > LEAST) & (tones >= 0) & (tones < TONES)
    found: list[Word] = []
    for n in np.flatnonzero(is_tone):
        tone, at = int(tones[n]), float(n * HOP / RATE)
        if found and found[-1].tone == tone and at - found[-1].ends < 0.06:
            found[-1] = Word(tone, found[-1].begins, at)
        else:
            found.append(Word(tone, at, at))
    return [word for word in found if word.ends - word.begins >= BRIEF]


def steps(tones: list[int]) -> list[int]:
    """From each tone to the next: 1 where none was lost, 0 or less where some were heard again."""
    half = TONES // 2
    return [(after - before + half) % TONES - half for before, after in pairwise(tones)]
