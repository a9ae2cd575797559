// For Node: a feeder between a disk and a buffer that takes bytes as a browser's does.
import { Feeder, type Pace } from "./screens/replay/feeder";
import { type TrackFile, byTrack } from "./screens/replay/files";
import type { Source } from "./screens/replay/source";

const RESTS = 12; // turns of the event loop in which nothing is fetched: it has all that it wants

interface Told {
  /** What is ready, as [from, to] in seconds. */
  ready: [number, number][];
  reach: number;
  /** [file, from, to] of each fetch. */
  fetched: [string, number, number][];
}

/** Lead a feeder to each moment in turn, for so many turns of the event loop or until it rests. */
export async function fed(
  listed: TrackFile[],
  pace: Pace,
  moments: [at: number, stay: number][],
): Promise<Told[]> {
  const [files] = byTrack(listed).values();
  const disk = new Disk();
  const buffer = new Buffer(files, disk);
  const feeder = new Feeder(buffer as never, disk as never, files, null, pace);
  const told: Told[] = [];
  for (const [at, stay] of moments) {
    for (let [turn, last, seen] = [0, 0, 0]; turn < stay && turn < last + RESTS; turn++) {
      feeder.feed(at);
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (disk.fetched.length !== seen) [last, seen] = [turn, disk.fetched.length];
    }
    told.push({ ready: buffer.ranges(), reach: feeder.reach(), fetched: disk.fetched.splice(0) });
  }
  feeder.close();
  return told;
}

class Disk implements Pick<Source, "media"> {
  readonly fetched: [string, number, number][] = [];
  readonly from = new WeakMap<ArrayBuffer, [name: string, from: number]>();

  async media(name: string, from: number, to: number, signal: AbortSignal): Promise<ArrayBuffer> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal.throwIfAborted();
    const bytes = new ArrayBuffer(to - from);
    this.from.set(bytes, [name, from]);
    this.fetched.push([name, from, to]);
    return bytes;
  }
}

/** Knows by the files which clusters came whole; complains where a parser would. */
class Buffer extends EventTarget {
  updating = false;
  private readonly whole = new Map<string, [number, number]>();
  private head = "";
  private at: [name: string, from: number, to: number] | null = null;

  constructor(
    private readonly files: readonly TrackFile[],
    private readonly disk: Disk,
  ) {
    super();
  }

  get buffered() {
    const ranges = this.ranges();
    const side = (of: 0 | 1) => (n: number) => ranges[n][of];
    return { length: ranges.length, start: side(0), end: side(1) };
  }

  ranges(): [number, number][] {
    const joined: [number, number][] = [];
    for (const [begin, end] of [...this.whole.values()].sort(([a], [b]) => a - b)) {
      const last = joined[joined.length - 1];
      if (last && last[1] >= begin) last[1] = Math.max(last[1], end);
      else joined.push([begin, end]);
    }
    return joined;
  }

  abort(): void {
    this.at = null;
  }

  changeType(): void {
    this.head = "";
  }

  appendBuffer(bytes: ArrayBuffer): void {
    const [name, from] = this.disk.from.get(bytes) ?? ["", -1];
    const file = this.files.find((one) => one.name === name);
    if (this.updating || !file) throw new Error("busy, or no bytes of a file");
    if (from === 0) this.head = name;
    else if (this.head !== name) throw new Error("a cluster without its file's head");
    else this.take(file, from, from + bytes.byteLength);
    this.later();
  }

  remove(from: number, to: number): void {
    if (this.updating) throw new Error("busy");
    for (const [key, [begin, end]] of this.whole) {
      if (begin < to && end > from) this.whole.delete(key);
    }
    this.later();
  }

  private take(file: TrackFile, from: number, to: number): void {
    const goesOn = this.at?.[0] === file.name && this.at[2] === from;
    if (!goesOn && !file.clusters.some(([, offset]) => offset === from)) {
      throw new Error("neither the next bytes nor the beginning of a cluster");
    }
    this.at = [file.name, goesOn && this.at ? this.at[1] : from, to];
    const ends = [...file.clusters.slice(1), [file.ends_ms, file.size]];
    file.clusters.forEach(([ms, offset], n) => {
      const [until, end] = ends[n];
      const here = this.at && this.at[1] <= offset && end <= this.at[2];
      if (here) this.whole.set(`${file.name} ${offset}`, [ms / 1000, until / 1000]);
    });
  }

  private later(): void {
    this.updating = true;
    setTimeout(() => {
      this.updating = false;
      this.dispatchEvent(new Event("updateend"));
    }, 0);
  }
}
