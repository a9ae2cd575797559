// Listens to what goes through an audio graph, without a gap where the page comes late by less than half a second.
import { FRAMES_A_SECOND, Frames } from "./frames";

const LENGTH = 32_768; // samples that an analyser keeps at most: 0.68 s at 48 kHz

export class Ear {
  readonly frames = new Frames();
  readonly input: AnalyserNode;
  private readonly samples = new Float32Array(LENGTH);

  constructor(context: AudioContext) {
    this.input = new AnalyserNode(context, { fftSize: LENGTH });
  }

  /** To be called often: take what was heard since. */
  listen(): void {
    const { input, frames, samples } = this;
    const { currentTime, sampleRate } = input.context;
    const size = sampleRate / FRAMES_A_SECOND;
    const end = Math.round(currentTime * sampleRate);
    input.getFloatTimeDomainData(samples);
    const oldest = Math.ceil((end - LENGTH) / size);
    for (let n = Math.max(frames.end, oldest, 0); (n + 1) * size <= end; n++) {
      const from = LENGTH - end + Math.round(n * size);
      frames.put(n, samples.subarray(from, from + Math.floor(size)));
    }
  }
}
