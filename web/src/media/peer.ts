// The one peer connection of a client: all it sends, and a fixed number of slots to receive.
import { effect, signal } from "@preact/signals";
import type { Connection } from "../core/connection";
import { painted } from "../core/painted";
import type { Glimpse, Participant } from "../wire.gen";
import { deflate, inflate } from "./deflate";
import type { Device } from "./devices";
import { canCarryInk, InkReader, type OnInk } from "./ink";
import { fitted, isShown, type Size, sizesOffered } from "./sizes";
import { slotsFor } from "./slots";
import { isThin, thinned } from "./thin";

const RETRY_MS = 1000;
const PATIENCE_MS = 2500; // disconnected so long without coming back: restart ICE
const RESTART_MS = 4000; // between two restarts: checks take a few round trips
const DESPERATE_MS = 12_000; // and not connected so long after: a new connection altogether
const YIELDS_MS = 20_000; // after a lost line is back until our small picture goes up again

export interface Sources {
  voice?: Device;
  camera?: Device;
  content?: Device[];
}

export type MediaState = "off" | "joining" | "on" | "broken";

export class Peer {
  readonly state = signal<MediaState>("off");
  /** The tracks of the slots, in their order; the same objects for as long as the connection. */
  readonly audio = signal<MediaStreamTrack[]>([]);
  readonly video = signal<MediaStreamTrack[]>([]);
  /** What was missed is being fetched: the line is for that. */
  readonly catchesUp = signal(false);
  private pc: RTCPeerConnection | null = null;
  private readonly senders = new Map<keyof Sources, RTCRtpTransceiver>();
  private readonly undo: (() => void)[] = [];
  private negotiating = false;
  private again = false;
  private brokenAt = 0;
  private restartedAt = 0;
  private timer = 0;
  private closed = false;
  private large = true;
  private heard = true;
  /** A broken line is for the lesson first: a picture for the teacher's wall would fill it (measured). */
  private yields = false;
  private yielding = 0;
  /** Which layers of each track somebody is shown, as far as the server has said. */
  private shown: ReadonlyMap<string, string[]> = new Map();
  private fitting: Promise<void> = Promise.resolve();
  private readonly ink: InkReader | null;

  /** What rides in received voice goes to `onInk`; the server lets nothing ride unasked. */
  constructor(
    private readonly connection: Connection,
    private readonly sources: Sources,
    onInk?: OnInk,
  ) {
    this.ink = onInk && canCarryInk() ? new InkReader(onInk) : null;
    this.undo.push(effect(() => this.send("voice", sources.voice?.track.value ?? null)));
    this.undo.push(effect(() => this.send("camera", sources.camera?.track.value ?? null)));
    this.undo.push(effect(() => this.send("content", shownOf(sources))));
    this.undo.push(effect(() => this.giveWay(this.catchesUp.value || this.isLost)));
    this.undo.push(connection.onWelcome(() => this.welcomed()));
    this.undo.push(connection.onRecall(() => void this.start()));
    this.undo.push(connection.onGlimpse((_, glimpse) => this.glimpsed(glimpse)));
    this.timer = window.setInterval(() => this.watch(), RETRY_MS);
  }

  destroy(): void {
    this.closed = true;
    clearInterval(this.timer);
    clearTimeout(this.yielding);
    for (const undo of this.undo) undo();
    this.pc?.close();
    this.ink?.close();
  }

  /** On stage all sizes of the camera go up; off it only the smallest, for the teacher's wall. */
  spotlight(on: boolean): void {
    this.large = on;
    this.fit();
  }

  /** A voice that nobody hears is not sent: 40 kbit/s of a thin line (measured). */
  speak(on: boolean): void {
    this.heard = on;
    this.fit();
  }

  private get isLost(): boolean {
    return this.connection.entered.value && this.connection.lostAt.value !== null;
  }

  private giveWay(busy: boolean): void {
    clearTimeout(this.yielding);
    if (busy) this.setYielding(true);
    else if (this.yields) this.yielding = window.setTimeout(() => this.setYielding(false), YIELDS_MS);
  }

  private setYielding(yields: boolean): void {
    this.yields = yields;
    this.fit();
  }

  stats(): Promise<RTCStatsReport> | null {
    return this.pc?.connectionState === "connected" ? this.pc.getStats() : null;
  }

  /** A layer nobody is shown is not sent: the line up is as thin as the one down. */
  private glimpsed(glimpse: Glimpse): void {
    if (glimpse.t !== "track.watched" || glimpse.who !== this.connection.store.you.value?.id) return;
    this.shown = glimpse.layers as unknown as Map<string, string[]>; // as the wire has it
    this.fit();
  }

  /** A welcome after a break: the address may have changed, and the media server too. */
  private welcomed(): void {
    const state = this.pc?.connectionState;
    if (!this.pc) void this.startSoon();
    else if (state === "failed" || state === "closed") void this.start();
    else if (state !== "connected") void this.negotiate(true);
  }

  /** The board comes first: to make all the slots takes as long as to paint a full page. */
  private async startSoon(): Promise<void> {
    await painted();
    if (!this.pc && !this.closed) await this.start();
  }

  private async start(): Promise<void> {
    this.pc?.close();
    this.negotiating = false;
    this.senders.clear();
    this.shown = new Map();
    this.state.value = "joining";
    this.brokenAt = performance.now();
    const pc = new RTCPeerConnection(this.configuration());
    this.pc = pc;
    pc.addEventListener("connectionstatechange", () => this.changed(pc));
    this.addSenders(pc);
    this.addSlots(pc);
    this.again = false;
    await this.negotiate(false);
  }

  private configuration(): RTCConfiguration {
    return { iceServers: this.connection.store.ice, bundlePolicy: "max-bundle" };
  }

  private addSenders(pc: RTCPeerConnection): void {
    const { voice, camera, content } = this.sources;
    if (voice) this.addSender(pc, "voice", voice.track.value, "audio", [{ active: this.heard }]);
    if (camera) this.addSender(pc, "camera", camera.track.value, "video", sizesOf(camera));
    if (content) this.addSender(pc, "content", shownOf(this.sources), "video", [CONTENT]);
  }

  private addSender(
    pc: RTCPeerConnection,
    name: keyof Sources,
    track: MediaStreamTrack | null,
    kind: "audio" | "video",
    sendEncodings: RTCRtpEncodingParameters[] = [],
  ): void {
    const transceiver = layered(pc, track ?? kind, sendEncodings);
    lean(transceiver, kind, this.role === "teacher");
    this.senders.set(name, transceiver);
  }

  private get role(): Participant["role"] {
    return this.connection.store.you.value?.role ?? "classroom";
  }

  private addSlots(pc: RTCPeerConnection): void {
    const { audio, video } = slotsFor(this.role);
    const voices = Array.from({ length: audio }, () => slot(pc, "audio"));
    for (const voice of voices) this.ink?.listenTo(voice);
    this.audio.value = voices.map((receiver) => receiver.track);
    this.video.value = Array.from({ length: video }, () => slot(pc, "video").track);
  }

  /** Offer until it is answered; a media server that is down now may be up in a second. */
  private async negotiate(iceRestart: boolean): Promise<void> {
    const pc = this.pc;
    if (!pc || this.negotiating) {
      this.again = !!pc;
      return;
    }
    this.negotiating = true;
    try {
      await this.exchange(pc, iceRestart);
    } catch (error) {
      console.warn("synclass: the offer failed", error);
      this.again = true;
    } finally {
      if (pc === this.pc) this.negotiating = false;
    }
  }

  private async exchange(pc: RTCPeerConnection, iceRestart: boolean): Promise<void> {
    if (iceRestart) pc.setConfiguration(this.configuration()); // fresh credentials
    const offer = await pc.createOffer({ iceRestart });
    await pc.setLocalDescription({ type: "offer", sdp: mendable(offer.sdp ?? "") });
    const sdp = pc.localDescription?.sdp ?? "";
    const answer = await this.connection.offer(await deflate(isThin() ? thinned(sdp) : sdp));
    if (pc !== this.pc || this.closed) return;
    if (answer.sdp) await this.accept(pc, await inflate(answer.sdp));
    else this.again = true;
  }

  /** A restarted media server has another certificate: nothing of the old connection is of use. */
  private async accept(pc: RTCPeerConnection, sdp: string): Promise<void> {
    const before = fingerprintOf(pc.currentRemoteDescription?.sdp ?? "");
    if (before && before !== fingerprintOf(sdp)) await this.start();
    else await pc.setRemoteDescription({ type: "answer", sdp });
  }

  private changed(pc: RTCPeerConnection): void {
    if (pc !== this.pc) return;
    if (pc.connectionState === "connected") {
      this.fit();
      this.state.value = "on";
      this.brokenAt = 0;
    } else if (pc.connectionState === "disconnected" || pc.connectionState === "failed") {
      this.state.value = "broken";
      this.brokenAt ||= performance.now();
    }
  }

  /** Once a second: try again what failed, restart what is stuck. */
  private watch(): void {
    const pc = this.pc;
    if (!pc || this.connection.lostAt.value !== null) return;
    this.fit(); // what could not be set between two offers
    const broken = this.brokenAt ? performance.now() - this.brokenAt : 0;
    if (pc.connectionState === "failed" || broken > DESPERATE_MS) void this.start();
    else if (this.again && !this.negotiating) this.retry(pc);
    else if (pc.connectionState === "disconnected" && broken > PATIENCE_MS) this.restart();
  }

  private restart(): void {
    if (performance.now() - this.restartedAt < RESTART_MS) return;
    this.restartedAt = performance.now();
    void this.negotiate(true);
  }

  private retry(pc: RTCPeerConnection): void {
    this.again = false;
    void this.negotiate(pc.currentRemoteDescription !== null);
  }

  private send(name: keyof Sources, track: MediaStreamTrack | null): void {
    void this.senders.get(name)?.sender.replaceTrack(track);
    if (name === "camera") this.fit();
  }

  /** Fit what goes up to the camera there is, and to who is looking; one change after another. */
  private fit(): void {
    this.fitting = this.fitting.then(async () => {
      await adjust(this.senders.get("voice")?.sender, (rids) => rids.map(() => ({ active: this.heard })));
      await adjust(this.senders.get("camera")?.sender, (rids, width) =>
        fitted(rids, width, this.large, this.yields && !this.large ? [] : this.shown.get("camera")),
      );
      await adjust(this.senders.get("content")?.sender, (rids) =>
        rids.map((rid) => ({ scale: 1, active: isShown(rid, this.shown.get("content")) })),
      );
    });
  }
}

/** Give a sender's encodings their sizes; where nothing changes, leave it in peace. */
async function adjust(
  sender: RTCRtpSender | undefined,
  sizes: (rids: string[], width: number | undefined) => Partial<Size>[],
): Promise<void> {
  const parameters = sender?.getParameters();
  if (!sender || !parameters?.encodings?.length) return;
  const wanted = sizes(
    parameters.encodings.map(({ rid }) => rid ?? ""),
    sender.track?.getSettings().width,
  );
  let same = true;
  parameters.encodings.forEach((encoding, i) => {
    const { scale, active } = wanted[i];
    same &&= encoding.active === active && (!scale || (encoding.scaleResolutionDownBy ?? 1) === scale);
    Object.assign(encoding, scale ? { scaleResolutionDownBy: scale, active } : { active });
  });
  if (!same) await sender.setParameters(parameters).catch(() => undefined); // between two offers: next time
}

/** Three frame rates in one stream: on the way to a thin line frames are left out, not sizes. */
const TEMPORAL = "L1T3";
const CONTENT: RTCRtpEncodingParameters = { maxBitrate: 1_200_000 };

const SIZES: RTCRtpEncodingParameters[] = [
  { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
];

function sizesOf(camera: Device): RTCRtpEncodingParameters[] {
  return SIZES.slice(0, sizesOffered(camera.track.value?.getSettings().width));
}

/** A sender whose layers have temporal layers too, where the browser has them. */
function layered(
  pc: RTCPeerConnection,
  track: MediaStreamTrack | string,
  encodings: RTCRtpEncodingParameters[],
): RTCRtpTransceiver {
  const direction = "sendonly";
  if (!isVideo(track)) return pc.addTransceiver(track, { direction, sendEncodings: encodings });
  try {
    const sendEncodings = encodings.map((one) => ({ ...one, scalabilityMode: TEMPORAL }));
    return pc.addTransceiver(track, { direction, sendEncodings });
  } catch {
    return pc.addTransceiver(track, { direction, sendEncodings: encodings });
  }
}

function isVideo(track: MediaStreamTrack | string): boolean {
  return (typeof track === "string" ? track : track.kind) === "video";
}

function shownOf(sources: Sources): MediaStreamTrack | null {
  return sources.content?.map((device) => device.track.value).find((track) => track) ?? null;
}

/** What a slot takes beside VP8: constrained baseline in packetization mode 1, and main profiles. */
const FORMS = [
  [/^video\/H264$/i, /^(?=.*packetization-mode=1)(?=.*profile-level-id=42e0)/i],
  [/^video\/VP9$/i, /^(?!.*profile-id=[1-3])/],
  [/^video\/AV1$/i, /^(?!.*profile=[12])/],
].map(([name, form]) => (c: RTCRtpCodec) => name.test(c.mimeType) && form.test(c.sdpFmtpLine ?? ""));

function slot(pc: RTCPeerConnection, kind: "audio" | "video"): RTCRtpReceiver {
  const transceiver = pc.addTransceiver(kind, { direction: "recvonly" });
  lean(transceiver, kind, true, true);
  return transceiver.receiver;
}

/**
 * One codec and its resends; with copies sound may carry what came before it, of those sent to it
 * the server makes each by hand.  A slot takes all that encoders may send, in one form of each: the
 * offer of a wall shrinks from 124 KB to 59, of which 2 go over the line (measured).
 */
function lean(
  transceiver: RTCRtpTransceiver,
  kind: "audio" | "video",
  copies: boolean,
  takes = false,
): void {
  const sound = copies ? /^audio\/(opus|red)$/i : /^audio\/opus$/i;
  const wanted = kind === "audio" ? sound : /^video\/(VP8|rtx)$/i;
  const all = RTCRtpReceiver.getCapabilities?.(kind)?.codecs ?? [];
  const others = takes ? FORMS.map((form) => all.find(form)) : [];
  const codecs = all.filter((c) => wanted.test(c.mimeType) || others.includes(c));
  if (codecs?.length && transceiver.setCodecPreferences) transceiver.setCodecPreferences(codecs);
}

function fingerprintOf(sdp: string): string {
  return /a=fingerprint:(.*)/.exec(sdp)?.[1].trim() ?? "";
}

/** Ask that lost sound be sent again: Chromium does so if the offer says it (measured). */
function mendable(sdp: string): string {
  return sdp.replace(
    /a=rtpmap:(\d+) opus\/48000\/2\r\n(?!a=rtcp-fb:\1 nack)/g,
    "$&a=rtcp-fb:$1 nack\r\n",
  );
}
