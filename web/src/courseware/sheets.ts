// The pages of courseware as images: out of this browser's own store, or fetched where one is missing.
import { signal } from "@preact/signals";
import { type Manners, Parts, URGENT } from "./parts";
import { Vault } from "./vault";

/** Where pages come from: the bytes of a file are put behind those that came before. */
export interface Pages {
  fetch(file: string, before: Uint8Array[], manners: () => Manners): Promise<void>;
}

/** From a server: of a lesson, with the ticket that opens it; a login needs none. */
export function overHttp(lesson: string, ticket: string | null): Pages {
  const parts = new Parts(ticket ? { Authorization: `Bearer ${ticket}` } : {});
  return {
    fetch: (file, before, manners) =>
      parts.fetch(`/api/lessons/${lesson}/pages/${file}`, before, manners),
  };
}

class Sheets {
  readonly vault = new Vault();
  /** Grows whenever another page is here. */
  readonly arrivals = signal(0);
  private pages: Pages | null = null;
  private readonly begun = new Map<string, Uint8Array[]>();
  private readonly coming = new Map<string, Promise<Blob>>();
  /** Pages that somebody is waiting for: manners can wait. */
  private readonly wanted = new Set<string>();

  /** Fetch from there from now on. */
  from(pages: Pages): void {
    this.pages = pages;
  }

  /** A page as an image's bytes; fetched now where it is not here.  Throws Failed. */
  async blob(name: string, manners: Manners): Promise<Blob> {
    const kept = await this.vault.get(name);
    if (kept) return kept;
    if (manners === URGENT) this.wanted.add(name);
    return this.fetch(name, () => manners).finally(() => this.wanted.delete(name));
  }

  /** What stands on each page of a handout.  Throws Failed. */
  async words(name: string): Promise<string[]> {
    const parts: Uint8Array[] = [];
    await this.pages?.fetch(`${name}.json`, parts, () => URGENT);
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
    if (!this.pages) throw new Error("no lesson to fetch from");
    const zipped = name.endsWith(".svg");
    const parts = this.begun.get(name) ?? [];
    this.begun.set(name, parts); // a broken line goes on where it stopped
    await this.pages.fetch(`${name}${zipped ? ".gz" : ""}`, parts, manners);
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
