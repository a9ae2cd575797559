// Fetches one page by parts that are small enough for a thin line, and rests between them.
import { refusal } from "../screens/home/api";

const SMALLEST = 2 * 1024; // bytes of a part: a quarter of a second on 64 kbit/s
const LARGEST = 256 * 1024;

/** How much of the line a fetch takes, how long (ms) it may hold the line at once, and how many
 * bytes it asks for until the line is known. */
export interface Manners {
  share: number;
  atOnceMs: number;
  atFirst: number;
}

/** Somebody is looking at an empty page: everything at once. */
export const URGENT: Manners = { share: 1, atOnceMs: 4000, atFirst: 8 * 1024 };
/** A picture on a page that can be read without it: ink and voice go on beside it. */
export const BESIDE: Manners = { share: 0.5, atOnceMs: 400, atFirst: 4 * 1024 };
/** Before the bell there is little else on the line. */
export const BEFORE: Manners = { share: 0.75, atOnceMs: 800, atFirst: 8 * 1024 };
/** Voice and ink come first. */
export const DURING: Manners = { share: 0.25, atOnceMs: 250, atFirst: SMALLEST };

export class Parts {
  private size = 0;

  constructor(private readonly headers: Record<string, string>) {}

  /** All bytes at a path, put behind those that came before a broken line.  Throws Failed. */
  async fetch(path: string, before: Uint8Array[], manners: () => Manners): Promise<void> {
    let at = before.reduce((sum, part) => sum + part.length, 0);
    this.size ||= manners().atFirst;
    for (;;) {
      const began = performance.now();
      const { bytes, length } = await this.part(path, at);
      if (bytes.length === length) before.length = at = 0; // whole, whatever we asked for
      before.push(bytes);
      at += bytes.length;
      if (at >= length) return;
      const { share, atOnceMs } = manners();
      const took = Math.max(1, performance.now() - began);
      this.learn(bytes.length, took, atOnceMs);
      if (share < 1) await rest(took * (1 / share - 1));
    }
  }

  private async part(path: string, at: number): Promise<{ bytes: Uint8Array; length: number }> {
    const headers = { ...this.headers, Range: `bytes=${at}-${at + this.size - 1}` };
    const init: RequestInit = { headers, cache: "no-store", priority: "low" };
    const response = await fetch(path, init).catch(() => null);
    if (!response?.ok) throw await refusal(response ?? new Response(null, { status: 503 }));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const length = Number(response.headers.get("Content-Range")?.split("/")[1]) || bytes.length;
    return { bytes, length };
  }

  private learn(bytes: number, took: number, atOnceMs: number): void {
    const fits = (bytes * atOnceMs) / took;
    this.size = Math.round(Math.min(LARGEST, Math.max(SMALLEST, Math.min(fits, this.size * 2))));
  }
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
