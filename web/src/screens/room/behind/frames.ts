// How a voice sounds, a hundredth of a second at a time: how loud, and how bright.

export const FRAMES_A_SECOND = 100;
const QUIET = -2.7; // powers of ten of full scale: 54 dB below it; a classroom's hush, not a soft voice
const SILENCE = -4; // nothing is less than this
const DULL = -1; // brightness of what is not heard: in the middle of what voices have
const KEPT = 1200; // frames: twelve seconds, of which eight are between the two voices at most

/** Pure: fed with samples, each piece at its place in time. */
export class Frames {
  /** The number of the frame after the last; frames count from the beginning of the clock. */
  end = 0;
  private loud: number[] = [];
  private bright: number[] = [];

  /** Put a frame in its place; those before it that nobody heard stay unknown (NaN). */
  put(n: number, samples: Float32Array): void {
    const gap = Math.min(n - this.end, KEPT);
    for (let i = 0; i < gap; i++) this.push(NaN, NaN);
    const loud = loudness(samples);
    this.push(loud, loud < QUIET ? DULL : brightness(samples));
    this.end = n + 1;
  }

  /** [how loud, how bright] was a frame; NaN where it is not known. */
  at(n: number): [loud: number, bright: number] {
    const i = this.loud.length - (this.end - n);
    return [this.loud[i] ?? NaN, this.bright[i] ?? NaN];
  }

  /** Whether nothing was said in a frame, as far as is known. */
  isQuiet(n: number): boolean {
    return this.at(n)[0] < QUIET;
  }

  /** For how many frames up to the last nothing was said. */
  get quietFor(): number {
    let count = 0;
    while (this.isQuiet(this.end - 1 - count)) count++;
    return count;
  }

  private push(loud: number, bright: number): void {
    this.loud.push(loud);
    this.bright.push(bright);
    if (this.loud.length < 2 * KEPT) return;
    this.loud = this.loud.slice(-KEPT);
    this.bright = this.bright.slice(-KEPT);
  }
}

/** In powers of ten of full scale. */
function loudness(samples: Float32Array): number {
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return Math.max(SILENCE, Math.log10(power / samples.length + 1e-12) / 2);
}

/** In powers of ten: the higher a tone, the more a sample differs from the one before. */
function brightness(samples: Float32Array): number {
  let [power, change] = [1e-9, 1e-9];
  for (let i = 1; i < samples.length; i++) {
    power += samples[i] ** 2;
    change += (samples[i] - samples[i - 1]) ** 2;
  }
  return Math.log10(change / power) / 2;
}
