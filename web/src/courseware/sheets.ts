// The pages of courseware as images: out of this browser's own store, or fetched where one is missing.
import { signal } from "@preact/signals";
import { type Manners, Parts, URGENT } from "./parts";
import { Vault } from "./vault";

/** Where pages come from: a lesson, and the ticket that opens it; a login needs none. */
interface Source {
  lesson: string;
  parts: Parts;
}

class Sheets {
  readonly vault = new Vault();
  /** Grows whenever another page is here. */
  readonly arrivals = signal(0);
  private source: Source | null = null;
  private readonly begun = new Map<string, Uint8Array[]>();
  private readonly coming = new Map<string, Promise<Blob>>();
  /** Pages that somebody is waiting for: manners can wait. */
  private readonly wanted = new Set<string>();

  /** Fetch from this lesson from now on. */
  from(lesson: string, ticket: string | null): void {
    const parts = new Parts(ticket ? { Authorization: `Bearer ${ticket}` } : {});
    this.source = { lesson, parts };
  }

  /** A page as an image's bytes; fetched at once where it is not here.  Throws Failed. */
  async blob(name: string): Promise<Blob> {
    const kept = await this.vault.get(name);
    if (kept) return kept;
    this.wanted.add(name);
    return this.fetch(name, () => URGENT).finally(() => this.wanted.delete(name));
  }

  /** What stands on each page of a handout.  Throws Failed. */
  async words(name: string): Promise<string[]> {
    const { source } = this;
    const parts: Uint8Array[] = [];
    await source?.parts.fetch(`/api/lessons/${source.lesson}/pages/${name}.json`, parts, () => URGENT);
    return JSON.parse(await new Blob(parts as Uint8Array<ArrayBuffer>[]).text()) as string[];
  }

  /** Have a page here, fetched with these manners.  Throws Failed. */
  async bring(name: string, manners: () => Manners): Promise<void> {
    const polite = () => (this.wanted.has(name) ? URGENT : manners());
    if (!(await this.vault.get(name))) await this.fetch(name, polite);
  }

  private fetch(name: string, manners: () => Manners): Promise<Blob> {
    const coming = this.coming.get(name);
    if (coming) return coming;
    const work = this.fetchNow(name, manners).finally(() => this.coming.delete(name));
    this.coming.set(name, work);
    return work;
  }

  private async fetchNow(name: string, manners: () => Manners): Promise<Blob> {
    const { source } = this;
    if (!source) throw new Error("no lesson to fetch from");
    const zipped = name.endsWith(".svg");
    const path = `/api/lessons/${source.lesson}/pages/${name}${zipped ? ".gz" : ""}`;
    const parts = this.begun.get(name) ?? [];
    this.begun.set(name, parts); // a broken line goes on where it stopped
    await source.parts.fetch(path, parts, manners);
    this.begun.delete(name);
    const bytes = new Blob(parts as Uint8Array<ArrayBuffer>[]);
    const shown = zipped ? await unzipped(bytes) : await bytes.arrayBuffer();
    await check(name, shown);
    const blob = new Blob([shown], { type: zipped ? "image/svg+xml" : "image/webp" });
    await this.vault.put(name, blob);
    this.arrivals.value++;
    return blob;
  }
}

/** This page's: a browser shows one lesson at a time. */
export const sheets = new Sheets();

async function unzipped(bytes: Blob): Promise<ArrayBuffer> {
  const stream = bytes.stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** Throws where these bytes are not what the name says.  Plain http has no SHA-256: gzip's sum must do. */
async function check(name: string, shown: ArrayBuffer): Promise<void> {
  if (!crypto.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", shown));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!name.startsWith(hex)) throw new Error(`damaged on the way: ${name}`);
}
