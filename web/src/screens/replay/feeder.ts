// Feeds one track's files into a SourceBuffer: some seconds ahead of the moment, near what was played.
import { type Piece, type Place, type TrackFile, following, pieceAt, placeOf, readUntil } from "./files";
import type { Hearing } from "./hearing";
import type { Source } from "./source";

const AHEAD = 20; // seconds kept ready
const MOST_VOICE = 1200; // seconds of it: at 48 kbit/s 7 MB of the 12 that a page may have
const MOST_PICTURE = 90;

/** How far ahead is fetched, in seconds, and in which pieces, in bytes. */
export interface Pace {
  ahead: number;
  /** Soon there on a thin line. */
  first: number;
  piece: number;
  /** Seconds that may lie ready, here and there. */
  most: number;
  /** The lesson stands still while a voice is sought: nothing of it is left out. */
  waits?: boolean;
}

/** A picture's first piece is about a second of it. */
export const PICTURE: Pace = {
  ...{ ahead: AHEAD, most: MOST_PICTURE },
  ...{ first: 48 * 1024, piece: 128 * 1024 },
};
/** A voice's is three seconds at 24 kbit/s. */
export const VOICE: Pace = {
  ...{ ahead: AHEAD, most: MOST_VOICE },
  ...{ first: 9 * 1024, piece: 48 * 1024 },
};
const BEHIND = 30; // seconds kept for going back a little
const LEAP = 2; // seconds past what is ready from which it is better to begin anew further on
const EDGE = 0.05; // seconds a range may begin late: the codec's delay
const AGAIN_MS = 1500; // after a piece that could not be fetched

/** One thing at a time: `feed` starts the next fetch and append unless one is under way. */
export class Feeder {
  files: readonly TrackFile[];
  /** The file is not to be had: nobody should wait for it. */
  broken = false;
  private place: Place | null = null;
  private from = 0;
  /** What comes next does not go on from what came before. */
  private leapt = true;
  private header = -1;
  private readonly headers = new Map<string, ArrayBuffer>();
  private busy = false;
  private fetching = new AbortController();
  /** What is done to the buffer, one thing after the other. */
  private work: Promise<void> = Promise.resolve();
  private dropping = false;

  constructor(
    private readonly buffer: SourceBuffer,
    private readonly source: Source,
    files: readonly TrackFile[],
    /** Told of the clusters as they come. */
    private readonly hearing: Hearing | null,
    private readonly pace: Pace,
    /** Called when there is more to be played. */
    private readonly came: () => void = () => undefined,
  ) {
    this.files = files;
  }

  /** To be called often with the moment that is played. */
  feed(at: number): void {
    if (this.place && this.isElsewhere(at)) this.letGo();
    if (this.busy || (this.place && this.reach() > at + this.pace.ahead)) return;
    this.busy = true;
    const { signal } = this.fetching;
    void this.step(at, signal).finally(() => {
      if (!signal.aborted) this.busy = false;
    });
  }

  close(): void {
    this.fetching.abort();
  }

  /** The end of what is ready, from where it was begun. */
  reach(): number {
    const read = this.place ? readUntil(this.files, this.place) : this.from;
    return this.readyUntil(Math.max(read, this.from));
  }

  private isElsewhere(at: number): boolean {
    if (at < this.from) return this.readyUntil(at) < this.from;
    const anew = at > this.reach() + LEAP ? placeOf(this.files, at) : null;
    return anew !== null && this.place !== null && isAfter(anew, this.place);
  }

  /** The end of what is ready at a moment; the moment itself where nothing is. */
  private readyUntil(at: number): number {
    return rangesOf(this.buffer).find(([begin, end]) => begin - EDGE <= at && at < end)?.[1] ?? at;
  }

  private letGo(): void {
    this.fetching.abort();
    this.fetching = new AbortController();
    this.busy = false;
    this.place = null;
  }

  private async step(at: number, signal: AbortSignal): Promise<void> {
    try {
      if (this.dropping) await this.work;
      if (signal.aborted) return;
      const first = this.place === null;
      const place = this.aim(at);
      if (place) await this.goOn(place, first ? this.pace.first : this.pace.piece, signal);
      if (!signal.aborted) await this.dropFar(at);
    } catch {
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** Where to read on: behind what is ready already, from another visit to this moment perhaps. */
  private aim(at: number): Place | null {
    if (this.place === null) this.from = at;
    const next = placeOf(this.files, this.place ? this.reach() : this.readyUntil(at));
    if (!this.place || (next && isAfter(next, this.place))) {
      this.place = next;
      this.leapt = true;
    }
    return this.place;
  }

  private async goOn(place: Place, most: number, signal: AbortSignal): Promise<void> {
    const piece = pieceAt(this.files, place, most);
    if (!piece) {
      this.place = following(this.files, place) ?? place;
      return;
    }
    const [header, bytes] = await Promise.all([
      this.headerOf(place.file, signal),
      this.bytes(piece, signal),
    ]);
    await this.inTurn(() => this.append(place.file, header, bytes, signal));
    if (signal.aborted) return;
    this.place = { file: piece.file, offset: piece.from + bytes.byteLength }; // perhaps less came
    this.came();
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.work.then(act);
    this.work = turn.catch(() => undefined);
    return turn;
  }

  private async append(
    file: number,
    header: ArrayBuffer,
    bytes: ArrayBuffer,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    const other = this.header !== file;
    if (this.leapt || other) {
      this.buffer.abort(); // whatever was cut off in the parser
      this.hearing?.leap();
    }
    this.leapt = false;
    if (other) {
      this.header = file;
      this.buffer.changeType(this.files[file].mime);
      this.buffer.appendBuffer(header);
      await done(this.buffer);
      if (signal.aborted) return;
    }
    const taken = this.hearing ? this.hearing.feed(new Uint8Array(bytes)) : bytes;
    if (!taken.byteLength) return;
    this.buffer.appendBuffer(taken);
    await done(this.buffer);
  }

  /** A file's head, fetched once. */
  private async headerOf(file: number, signal: AbortSignal): Promise<ArrayBuffer> {
    const { name, header } = this.files[file];
    const known = this.headers.get(name);
    const bytes = known ?? (await this.bytes({ file, from: 0, to: header }, signal));
    this.headers.set(name, bytes);
    return bytes;
  }

  private async bytes({ file, from, to }: Piece, signal: AbortSignal): Promise<ArrayBuffer> {
    const bytes = await this.source.media(this.files[file].name, from, to, signal);
    this.broken = bytes === null;
    if (bytes === null) throw new Error("not to be had");
    return bytes;
  }

  /** Forget what is far from the moment once there is more than there may be. */
  private async dropFar(at: number): Promise<void> {
    const ready = rangesOf(this.buffer).reduce((sum, [begin, end]) => sum + end - begin, 0);
    if (ready <= this.pace.most) return;
    const [least, most] = [at - BEHIND, Math.max(this.reach(), at + this.pace.ahead)];
    this.dropping = true;
    await this.inTurn(() => this.remove(most, Infinity));
    if (least > 0) await this.inTurn(() => this.remove(0, least));
    this.from = Math.max(this.from, least);
    this.dropping = false;
  }

  private async remove(from: number, to: number): Promise<void> {
    this.buffer.remove(from, to);
    await done(this.buffer);
  }
}

function rangesOf({ buffered }: SourceBuffer): [number, number][] {
  return Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)]);
}

function isAfter(one: Place, other: Place): boolean {
  return one.file > other.file || (one.file === other.file && one.offset > other.offset);
}

function done(buffer: SourceBuffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (event: Event) => (event.type === "error" ? reject(event) : resolve());
    buffer.addEventListener("updateend", settle, { once: true });
    buffer.addEventListener("error", settle, { once: true });
  });
}
