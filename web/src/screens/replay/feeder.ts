// Feeds one track's files into a SourceBuffer: some seconds ahead of the moment, little behind it.
import { type Place, type TrackFile, following, pieceAt, placeOf } from "./files";
import type { Hearing } from "./hearing";
import type { Source } from "./source";

const AHEAD = 20; // seconds kept ready

/** How far ahead is fetched, in seconds, and in which pieces, in bytes. */
export interface Pace {
  ahead: number;
  first: number;
  piece: number;
}

/** A first piece is about a second of picture: soon there on a thin line. */
export const AT_EASE: Pace = { ahead: AHEAD, first: 48 * 1024, piece: 128 * 1024 };
const BEHIND = 30; // seconds kept for going back a little
const LEAP = 2; // seconds past what is ready from which it is better to begin anew further on
const AGAIN_MS = 1500; // after a piece that could not be fetched

/** One thing at a time: `feed` starts the next fetch and append unless one is under way. */
export class Feeder {
  files: readonly TrackFile[];
  /** The file is not to be had: nobody should wait for it. */
  broken = false;
  private place: Place | null = null;
  private from = 0;
  private header = -1;
  private busy = false;
  private fetching = new AbortController();

  constructor(
    private readonly buffer: SourceBuffer,
    private readonly source: Source,
    files: readonly TrackFile[],
    /** Told of the clusters as they come. */
    private readonly hearing: Hearing | null,
    private readonly pace: Pace = AT_EASE,
  ) {
    this.files = files;
  }

  /** To be called often with the moment that is played. */
  feed(at: number): void {
    if (this.place && this.isElsewhere(at)) this.letGo();
    if (this.busy || (this.place && this.reach() > at + this.pace.ahead)) return;
    this.busy = true;
    void this.step(at).finally(() => {
      this.busy = false;
    });
  }

  close(): void {
    this.fetching.abort();
  }

  /** The end of what is ready. */
  reach(): number {
    const { buffered } = this.buffer;
    return buffered.length ? buffered.end(buffered.length - 1) : this.from;
  }

  private isElsewhere(at: number): boolean {
    const { buffered } = this.buffer;
    if (at < Math.min(this.from, buffered.length ? buffered.start(0) : Infinity)) return true;
    const anew = at > this.reach() + LEAP ? placeOf(this.files, at) : null;
    return anew !== null && this.place !== null && isAfter(anew, this.place);
  }

  private letGo(): void {
    this.fetching.abort();
    this.fetching = new AbortController();
    this.place = null;
  }

  private async step(at: number): Promise<void> {
    const { signal } = this.fetching;
    try {
      const began = this.place === null;
      if (began) await this.begin(at);
      const { first, piece } = this.pace;
      if (this.place) await this.goOn(this.place, began ? first : piece, signal);
      await this.dropBehind(at);
    } catch {
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  private async begin(at: number): Promise<void> {
    const place = placeOf(this.files, at);
    this.buffer.abort(); // whatever was cut off in the parser
    if (this.buffer.buffered.length) await this.remove(0, Infinity);
    this.header = -1;
    this.from = at;
    this.place = place;
  }

  private async goOn(place: Place, most: number, signal: AbortSignal): Promise<void> {
    const piece = pieceAt(this.files, place, most);
    if (!piece) {
      this.place = following(this.files, place) ?? place;
      return;
    }
    if (this.header !== place.file) await this.putHeader(place.file, signal);
    const bytes = await this.bytes(piece.file, piece.from, piece.to, signal);
    this.hearing?.feed(new Uint8Array(bytes));
    await this.append(bytes);
    const offset = piece.from + bytes.byteLength; // a source may give less than was asked for
    if (!signal.aborted) this.place = { file: piece.file, offset };
  }

  private async putHeader(file: number, signal: AbortSignal): Promise<void> {
    const { header, mime } = this.files[file];
    const bytes = await this.bytes(file, 0, header, signal);
    this.buffer.abort();
    this.buffer.changeType(mime);
    this.hearing?.leap();
    await this.append(bytes);
    this.header = file;
  }

  private async bytes(
    file: number,
    from: number,
    to: number,
    signal: AbortSignal,
  ): Promise<ArrayBuffer> {
    const bytes = await this.source.media(this.files[file].name, from, to, signal);
    this.broken = bytes === null;
    if (bytes === null) throw new Error("not to be had");
    return bytes;
  }

  private async append(bytes: ArrayBuffer): Promise<void> {
    this.buffer.appendBuffer(bytes);
    await done(this.buffer);
  }

  private async dropBehind(at: number): Promise<void> {
    const { buffered } = this.buffer;
    if (!buffered.length || buffered.start(0) > at - 2 * BEHIND) return;
    await this.remove(0, at - BEHIND);
    this.from = Math.max(this.from, at - BEHIND);
  }

  private async remove(from: number, to: number): Promise<void> {
    this.buffer.remove(from, to);
    await done(this.buffer);
  }
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
