// Once a second: do we hear, do we see, how much is lost; told to the teacher and shown here.
import { signal } from "@preact/signals";
import type { Connection } from "../core/connection";
import type { LinkReport } from "../wire.gen";
import type { Peer } from "./peer";
import { Riding } from "./riding";

const EVERY_MS = 1000;
const STILL_MS = 4000; // nothing arrived for so long: that sense is gone

interface Flow {
  packets: number;
  lost: number;
  at: number;
  /** Of sound: seconds that samples have waited in the jitter buffer, and how many did. */
  waited: number;
  samples: number;
}

const STILL: Flow = { packets: 0, lost: 0, at: -STILL_MS, waited: 0, samples: 0 };

interface Seen {
  audio: boolean;
  video: boolean;
  packets: number;
  lost: number;
  /** Milliseconds. */
  voiceWaits: number;
}

/** Counts what arrives for each slot between two looks. */
export class Lights {
  readonly mine = signal<LinkReport | null>(null);
  /** How long the slowest voice waits here before it is heard, in milliseconds. */
  readonly voiceWaits = signal(0);
  /** Local milliseconds of the last packet of a voice; 0 before the first. */
  heardAt = 0;
  private late = 0;
  private readonly flows = new Map<string, Flow>();
  private readonly riding = new Riding();
  private timer: number;

  constructor(
    private readonly connection: Connection,
    private readonly peer: Peer,
  ) {
    this.timer = window.setInterval(() => void this.look(), EVERY_MS);
  }

  /** Say at once that we are so many seconds behind, or live again: 0. */
  fallBehind(seconds: number): void {
    const turns = seconds > 0 !== this.late > 0;
    this.late = seconds;
    if (turns && this.mine.value) this.tell({ ...this.mine.value });
  }

  destroy(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const now = performance.now();
    const report = await this.peer.stats();
    const seen: Seen = { audio: false, video: false, packets: 0, lost: 0, voiceWaits: 0 };
    report?.forEach((stat: RTCInboundRtpStreamStats) => {
      if (stat.type === "inbound-rtp") this.count(stat, now, seen);
    });
    const loss = seen.packets + seen.lost > 0 ? seen.lost / (seen.packets + seen.lost) : 0;
    this.tell({ hears: seen.audio, sees: seen.video, loss: Math.round(loss * 100) });
    this.voiceWaits.value = seen.voiceWaits;
    if (this.riding.look(loss * 100, now)) this.connection.ride(this.riding.on);
  }

  private count(stat: RTCInboundRtpStreamStats, now: number, seen: Seen): void {
    const packets = stat.packetsReceived ?? 0;
    const lost = Math.max(0, stat.packetsLost ?? 0);
    const before = this.flows.get(stat.id) ?? STILL;
    const at = packets > before.packets ? now : before.at;
    const [waited, samples] = [stat.jitterBufferDelay ?? 0, stat.jitterBufferEmittedCount ?? 0];
    this.flows.set(stat.id, { packets, lost, at, waited, samples });
    if (now - at >= STILL_MS) return;
    seen.packets += Math.max(0, packets - before.packets);
    seen.lost += Math.max(0, lost - before.lost);
    if (stat.kind !== "audio") seen.video = true;
    else {
      seen.audio = true;
      const since = stat.lastPacketReceivedTimestamp;
      this.heardAt = Math.max(this.heardAt, since ? now - (stat.timestamp - since) : at);
      const waits = (1000 * (waited - before.waited)) / Math.max(1, samples - before.samples);
      seen.voiceWaits = Math.max(seen.voiceWaits, waits);
    }
  }

  private tell({ hears, sees, loss }: Pick<LinkReport, "hears" | "sees" | "loss">): void {
    const { store, rtt } = this.connection;
    const behind = Math.round(this.late);
    const link: LinkReport = { t: "link", hears, sees, seq: store.seq, loss, rtt, behind };
    this.mine.value = link;
    if (this.connection.lostAt.value === null) this.connection.show(link);
  }
}
