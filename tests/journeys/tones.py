"""A teacher who speaks in tones, each higher than the last, and a room that notes what it hears."""

from itertools import groupby, pairwise

from playwright.async_api import Page

TONES = 20
"""Then the lowest again; a tone is to the next as 100 to 113: a voice a little too high is told."""
SAMPLES = 3  # of 20 ms in which a tone must be heard, or it was none

SPEAKS = """
{
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  let begun = null, said = 0;
  const speak = context => {
    const out = context.createMediaStreamDestination();
    let at = context.currentTime + 0.2;
    setInterval(() => {
      for (; at < context.currentTime + 1; said++) {
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
  const taps = [], heard = [], seen = new WeakSet();
  const tap = (context, loud) => {
    const node = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    taps.push({ node, loud, bins: new Float32Array(node.frequencyBinCount) });
    return node;
  };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && !this.context.aside) {
      to.tap ??= tap(this.context, () => true);
      connect.call(this, to.tap);
    }
    return connect.call(this, to, ...rest);
  };
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    if (this instanceof HTMLAudioElement && this.srcObject && !seen.has(this)) {
      seen.add(this);
      const context = new AudioContext({ sampleRate: 48000 });
      context.aside = true;
      const source = context.createMediaStreamSource(this.srcObject);
      source.connect(tap(context, () => !this.muted && !!this.srcObject));
    }
    return play.call(this);
  };
  setInterval(() => {
    for (const { node, loud, bins } of taps) {
      if (!loud()) continue;
      node.getFloatFrequencyData(bins);
      let best = 0;
      for (let i = 8; i < bins.length; i++) if (bins[i] > bins[best]) best = i;
      if (bins[best] < -50) continue;
      const tone = Math.log(best * node.context.sampleRate / 2048 / 300) / Math.log(1.13);
      heard.push([performance.now(), Math.round(tone)]);
    }
  }, 20);
  window.heard = () => heard;
  window.forget = () => { heard.length = 0; };
}
"""


async def heard(page: Page) -> list[int]:
    """The tones in the order in which the room heard them."""
    samples: list[tuple[float, int]] = await page.evaluate("window.heard()")
    runs = [(tone, len(list(run))) for tone, run in groupby(tone for _, tone in samples)]
    tones = [tone for tone, count in runs if count >= SAMPLES and 0 <= tone < TONES]
    return [tone for tone, _ in groupby(tones)]


def steps(tones: list[int]) -> list[int]:
    """From each tone to the next: 1 where none was lost, 0 or less where some were heard again."""
    half = TONES // 2
    return [(after - before + half) % TONES - half for before, after in pairwise(tones)]
