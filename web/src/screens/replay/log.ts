// Fetches a lesson's log frame by frame, so that the replay opens before all of it is here.
import { readDown } from "../../core/codec";
import type { Entries, Welcome } from "../../wire.gen";
import { refusal } from "../home/api";

const SLICE_MS = 12; // of folding at a stretch, then the screen gets its turn

/** Who asks by a ticket may be given the states at the bell before what came after it. */
export interface Pass {
  headers: Record<string, string>;
  begin: (welcome: Welcome) => void;
  /** Seconds of the lesson to begin at, instead of behind a number. */
  at?: number;
}

/**
 * Hand on each frame of the log after a number, with `as` only what that room was told; throws
 * Failed where there is none to be had.
 */
export async function fetchLog(
  lesson: string,
  after: number,
  take: (frame: Entries) => void,
  pass?: Pass,
  as = "",
): Promise<void> {
  const { headers, at } = pass ?? {};
  const moment = at === undefined ? "" : `&at=${Math.round(at * 1000)}`;
  const room = as && `&as=${encodeURIComponent(as)}`;
  const asked = `/api/lessons/${lesson}/log?after=${after}${moment}${room}`;
  const response = await fetch(asked, { headers });
  if (!response.ok || !response.body) throw await refusal(response);
  const deframer = new Deframer();
  const reader = response.body.getReader();
  let since = performance.now();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const bytes of deframer.feed(part.value)) {
      const message = readDown(bytes);
      if (message?.t === "facts") take(message);
      if (message?.t === "welcome") pass?.begin(message);
      if (performance.now() - since > SLICE_MS) since = await aBreath();
    }
  }
}

/** Cuts a stream into messages: each has its length before it, 32 bits, big end first. */
export class Deframer {
  private held = new Uint8Array(0);

  *feed(bytes: Uint8Array): Generator<Uint8Array> {
    const data = new Uint8Array(this.held.length + bytes.length);
    data.set(this.held);
    data.set(bytes, this.held.length);
    const view = new DataView(data.buffer);
    let at = 0;
    while (data.length - at >= 4 && data.length - at - 4 >= view.getUint32(at)) {
      const end = at + 4 + view.getUint32(at);
      yield data.subarray(at + 4, end);
      at = end;
    }
    this.held = data.slice(at);
  }
}

function aBreath(): Promise<number> {
  return new Promise((resolve) => setTimeout(() => resolve(performance.now())));
}
