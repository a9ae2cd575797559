// The microphone, the camera and what is shown: asked for only when the reason is on the screen.
import { type Signal, signal } from "@preact/signals";

export type Trouble = "denied" | "missing" | "busy" | "insecure" | "unknown";

const VOICE: MediaTrackConstraints = {
  ...{ echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};
const CAMERA: MediaTrackConstraints = {
  ...{ width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 20, max: 30 } },
};
const DOCUMENT: MediaTrackConstraints = {
  ...{ width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 10, max: 15 } },
};

/** One thing that can be turned on and off; off means the light of the device is off too. */
export class Device {
  readonly track: Signal<MediaStreamTrack | null> = signal(null);
  readonly trouble: Signal<Trouble | null> = signal(null);

  constructor(private readonly get: () => Promise<MediaStream>) {}

  async start(): Promise<void> {
    if (this.track.value) return;
    try {
      const [track] = (await this.get()).getTracks();
      track.addEventListener("ended", () => this.ended(track));
      this.trouble.value = null;
      this.track.value = track;
    } catch (error) {
      this.trouble.value = troubleOf(error);
    }
  }

  stop(): void {
    this.track.value?.stop();
    this.track.value = null;
  }

  toggle(): Promise<void> | void {
    return this.track.value ? this.stop() : this.start();
  }

  private ended(track: MediaStreamTrack): void {
    if (this.track.value === track) this.track.value = null; // unplugged, or ended by its own bar
  }
}

export const microphone = () => new Device(() => devices().getUserMedia({ audio: VOICE }));
export const camera = () => new Device(() => devices().getUserMedia({ video: CAMERA }));

/** The computer's screen, or one of its windows. */
export const screen = () =>
  new Device(async () => {
    const stream = await devices().getDisplayMedia({ video: { frameRate: { max: 15 } } });
    return detailed(stream);
  });

/** A second camera over a sheet of paper; the one that is not the teacher's own. */
export function documentCamera(own: () => MediaStreamTrack | null): Device {
  return new Device(async () => {
    const used = own()?.getSettings().deviceId;
    const others = (await devices().enumerateDevices()).filter(
      (device) => device.kind === "videoinput" && device.deviceId !== used,
    );
    if (!others.length) throw new DOMException("no second camera", "NotFoundError");
    const deviceId = { exact: others[others.length - 1].deviceId };
    return detailed(await devices().getUserMedia({ video: { ...DOCUMENT, deviceId } }));
  });
}

/** Sharp rather than smooth: letters are read, motion is not. */
function detailed(stream: MediaStream): MediaStream {
  for (const track of stream.getVideoTracks()) track.contentHint = "detail";
  return stream;
}

function devices(): MediaDevices {
  if (!navigator.mediaDevices) throw new DOMException("not a secure page", "SecurityError");
  return navigator.mediaDevices;
}

function troubleOf(error: unknown): Trouble {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "SecurityError":
      return "insecure";
    default:
      return "unknown";
  }
}
