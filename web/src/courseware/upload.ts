// Sends a file and follows what becomes of it, from the first byte to the last page.
import { type Signal, signal } from "@preact/signals";
import type { Sheet } from "../wire.gen";

/** A file on its way: sent so far (0..1), then converted page by page, or refused. */
export interface Upload {
  title: string;
  sent: number;
  page: number;
  of: number;
  code: string;
  message: string;
}

interface Word {
  page?: number;
  of?: number;
  handout?: number;
  /** Of a picture: its name, width, height and bytes. */
  sheet?: [string, number, number, number];
  code?: string;
  message?: string;
}

export class Uploads {
  /** The file on its way or the last that was refused; null where all is well. */
  readonly now: Signal<Upload | null> = signal(null);
  private request: XMLHttpRequest | null = null;

  constructor(
    private readonly lesson: string,
    private readonly ticket: string | null,
    private readonly door: "handouts" | "pictures",
  ) {}

  get busy(): boolean {
    return this.now.value !== null && this.now.value.code === "";
  }

  /** Send a file; where one is on its way already, nothing happens. */
  send(file: File, brought: (sheet: Sheet) => void = () => undefined): void {
    if (this.busy) return;
    this.now.value = { title: file.name, sent: 0, page: 0, of: 0, code: "", message: "" };
    const request = new XMLHttpRequest(); // fetch() tells nobody how much has been sent
    this.request = request;
    const query = new URLSearchParams({ title: file.name });
    request.open("POST", `/api/lessons/${this.lesson}/${this.door}?${query}`);
    request.setRequestHeader("Authorization", `Bearer ${this.ticket ?? ""}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => this.change({ sent: loaded / (total || 1) });
    request.upload.onload = () => this.change({ sent: 1 });
    request.onprogress = () => this.heard(request.responseText);
    request.onload = () => this.over(request.responseText, brought);
    request.onerror = () => this.change({ code: "offline" });
    request.send(file);
  }

  /** Take the refusal off the screen, or stop what is being sent. */
  dismiss(): void {
    this.request?.abort();
    this.now.value = null;
  }

  private change(part: Partial<Upload>): void {
    if (this.now.value) this.now.value = { ...this.now.value, ...part };
  }

  private heard(text: string): void {
    const last = words(text).filter((word) => word.of).at(-1);
    if (last) this.change({ page: last.page ?? 0, of: last.of ?? 0 });
  }

  private over(text: string, brought: (sheet: Sheet) => void): void {
    const last = words(text).at(-1);
    if (last?.handout || last?.sheet) this.now.value = null;
    if (last?.sheet) {
      const [name, width, height, bytes] = last.sheet;
      brought({ name, width, height, bytes });
    } else if (!last?.handout) this.change({ code: last?.code || "unknown", message: last?.message ?? "" });
  }
}

/** The lines that have come as a whole. */
function words(text: string): Word[] {
  const lines = text.trim().split("\n");
  return lines.map(parsed).filter((word) => word !== null);
}

function parsed(line: string): Word | null {
  try {
    return JSON.parse(line) as Word;
  } catch {
    return null; // half a line: the rest comes with the next
  }
}
