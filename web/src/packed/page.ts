// The page's own bytes: the viewer and the ZIP behind it, read out of the document it has become.
import { recovered } from "./bytes";

const AGAIN_MS = 40; // while the browser still reads the page

/** What recorder/pack.py has written into the page. */
export interface Packed {
  /** At which byte of the file the ZIP begins. */
  begins: number;
  /** Bytes of the viewer, deflated, before it. */
  viewer: number;
  /** Whether all of it can be read here; else what comes before the media. */
  whole: boolean;
  inside: number;
  /** The line ends of both, in base64. */
  newlines: string;
}

export function packed(): Packed {
  const said = JSON.parse(document.getElementById("packed")?.textContent ?? "{}");
  return { ...said, begins: Number(said.begins) } as Packed;
}

/** Viewer and ZIP, or what of it can be read here, as soon as it has come.  Throws where it is cut off. */
export async function inside(said: Packed): Promise<Uint8Array<ArrayBuffer>> {
  const { viewer, inside, newlines, whole } = said;
  const size = viewer + inside;
  while (document.readyState === "loading" && length() < size) await aBreath();
  if (!whole) window.stop(); // the rest is too much for a page: it is read from the file
  const bytes = recovered(texts(), size, bytesOf(newlines));
  text()?.remove(); // a page that is read need not be kept twice
  return bytes;
}

const text = () => document.querySelector("plaintext");

function length(): number {
  let sum = 0;
  for (const part of texts()) sum += part.length;
  return sum;
}

function* texts(): Generator<string> {
  for (const node of text()?.childNodes ?? []) yield (node as Text).data;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function aBreath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
}
