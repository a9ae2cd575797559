// What a classroom fetches of the lesson it is in, by its ticket, and how fast it comes.
import type { Pages } from "../../../courseware/sheets";
import { type Card, refusal } from "../../home/api";
import type { TrackFile } from "../../replay/files";
import { fetchLog, type Pass } from "../../replay/log";
import type { Source } from "../../replay/source";
import type { Live } from "../../live/live";
import { merged } from "./span";

const WORTH_TIMING = 6000; // bytes: less says more of the way than of its width
const OVERLAP = 10; // seconds that are listed again

export class MissedSource implements Source {
  readonly house = null;
  /** kbit/s that the last piece came with; 0 before the first. */
  pace = 0;
  /** Lesson seconds when the last list was asked for. */
  listedAt = 0;
  private files: TrackFile[] = [];

  constructor(
    private readonly live: Live,
    private readonly from: number,
    private readonly begin: Pass["begin"],
    /** Begin the log at the moment itself; else at the bell, or behind what is here already. */
    private readonly sharp: boolean,
  ) {}

  get pages(): Pages {
    throw new Error("the pages are the live lesson's");
  }

  card(): Promise<Card> {
    throw new Error("a classroom knows its lesson");
  }

  log(after: number, take: Parameters<Source["log"]>[1]): Promise<void> {
    const { headers, begin } = this;
    const at = this.sharp && !after ? this.from : undefined;
    return fetchLog(this.live.lesson, after, take, { headers, begin, at });
  }

  /** On a thin line pictures are not even listed. */
  async tracks(voicesOnly = false): Promise<TrackFile[]> {
    const at = this.live.connection.now() / 1000;
    const since = this.listedAt ? Math.max(this.from, this.listedAt - OVERLAP) : this.from;
    const asked = `from=${Math.max(0, Math.floor(since * 1000))}${voicesOnly ? "&of=voice" : ""}`;
    const response = await fetch(`${this.path}/tracks?${asked}`, { headers: this.headers });
    if (!response.ok) throw await refusal(response);
    const { tracks } = (await response.json()) as { tracks: TrackFile[] };
    this.files = merged(this.files, tracks);
    this.listedAt = at;
    return this.files;
  }

  async media(name: string, from: number, to: number, signal: AbortSignal): Promise<ArrayBuffer | null> {
    const headers = { ...this.headers, Range: `bytes=${from}-${to - 1}` };
    const url = `${this.path}/media/${encodeURIComponent(name)}`;
    const began = performance.now();
    const response = await fetch(url, { headers, signal, cache: "no-store" });
    if (response.status === 403 || response.status === 404) return null;
    if (response.status !== 206) throw await refusal(response); // asked again soon
    const bytes = await response.arrayBuffer();
    const ms = Math.max(1, performance.now() - began);
    if (bytes.byteLength >= WORTH_TIMING) this.pace = (bytes.byteLength * 8) / ms;
    return bytes;
  }

  private get path(): string {
    return `/api/lessons/${this.live.lesson}`;
  }

  private get headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.live.ticket}` };
  }
}
