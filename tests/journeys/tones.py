"""A teacher who speaks in tones, each higher than the last, and a room that notes what it hears."""

from itertools import groupby, pairwise

from playwright.async_api import Page

TONES = 20
"""Then the lowest again; a tone is to the next as 100 to 113: a voice a little too high is told."""
SAMPLES = 5  # of 20 ms in which a tone must be heard; of a tone that is played quicker there are 12

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
  // The last 0.7 s are looked at, not a moment: a busy page that comes late misses nothing.
  const KEPT = 32768, TONES = 20, LEAST = 0.015;
  const taps = [], heard = [], seen = new WeakSet();
  const tap = (context, loud) => {
    const node = new AnalyserNode(context, { fftSize: KEPT });
    taps.push({ node, loud, told: 0, last: new Float32Array(KEPT) });
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
  // How loud a frequency is in a piece of sound (Goertzel 1958): the amplitude of its sine.
  const amplitude = (sound, frequency, rate) => {
    const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate);
    let one = 0, two = 0;
    for (const sample of sound) [one, two] = [sample + turn * one - two, one];
    return (2 * Math.sqrt(one * one + two * two - turn * one * two)) / sound.length;
  };
  const toneOf = (sound, rate) => {
    let tone = -1, loudest = LEAST;
    for (let n = 0; n < TONES; n++) {
      const loud = amplitude(sound, 300 * 1.13 ** n, rate);
      if (loud > loudest) [tone, loudest] = [n, loud];
    }
    return tone;
  };
  const listen = one => {
    const rate = one.node.context.sampleRate, hop = Math.round(rate / 50);
    const end = Math.round(one.node.context.currentTime * rate);
    if (!one.loud()) one.told = end;
    one.node.getFloatTimeDomainData(one.last);
    for (one.told = Math.max(one.told, end - KEPT); one.told + 2 * hop <= end; one.told += hop) {
      const from = KEPT - (end - one.told);
      const tone = toneOf(one.last.subarray(from, from + 2 * hop), rate);
      const at = performance.now() - ((end - one.told) / rate) * 1000;
      if (tone >= 0) heard.push([at, tone]);
    }
  };
  setInterval(() => taps.forEach(listen), 50);
  window.heard = () => heard;
  window.forget = () => { heard.length = 0; };
}
"""


async def heard(page: Page) -> list[int]:
    """The tones in the order in which the room heard them."""
    samples: list[tuple[float, int]] = sorted(await page.evaluate("window.heard()"))
    runs = [(tone, len(list(run))) for tone, run in groupby(tone for _, tone in samples)]
    tones = [tone for tone, count in runs if count >= SAMPLES]
    return [tone for tone, _ in groupby(tones)]


def steps(tones: list[int]) -> list[int]:
    """From each tone to the next: 1 where none was lost, 0 or less where some were heard again."""
    half = TONES // 2
    return [(after - before + half) % TONES - half for before, after in pairwise(tones)]
