// Ink that comes inside voice, ahead of the socket on a lossy line; off unless somebody listens.

export type OnInk = (number: number, bytes: Uint8Array) => void;

/** Can this browser look into what it receives?  Chromium and Firefox can, with no flag. */
export function canCarryInk(): boolean {
  return typeof RTCRtpScriptTransform === "function";
}

/** One worker for all voices of a page.  Batches come once each, in any order; some never. */
export class InkReader {
  private readonly worker = new Worker(new URL("./ink.worker.ts", import.meta.url), {
    type: "module",
  });

  constructor(onInk: OnInk) {
    this.worker.onmessage = ({ data }: MessageEvent<[number, Uint8Array]>) => onInk(...data);
  }

  /** To be called before the offer: Chromium brings no packet to a transform that is set later. */
  listenTo(receiver: RTCRtpReceiver): void {
    receiver.transform = new RTCRtpScriptTransform(this.worker);
  }

  close(): void {
    this.worker.terminate();
  }
}
