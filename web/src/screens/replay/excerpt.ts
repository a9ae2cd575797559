// A piece of a text around the words that were looked for.

const AROUND = 18; // characters before the first word: the rest of two lines of results is after it
const SHOWN = 90; // characters of a text that are shown

/** Words as one looks for them: small letters, and no spaces, for files break Chinese anywhere. */
export function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
}

/** A piece of a text with the words set apart: others, found, others, found... */
export function excerpt(text: string, wanted: readonly string[]): string[] {
  const { squeezed, from } = squeeze(text);
  const spans = found(squeezed, wanted).map(([a, b]) => [from[a], from[b - 1] + 1] as const);
  const first = spans[0]?.[0] ?? 0;
  const start = first > AROUND ? first - AROUND : 0;
  const end = Math.max(start + SHOWN, spans[0]?.[1] ?? 0);
  const parts: string[] = [];
  let at = start;
  for (const [a, b] of spans.filter(([, b]) => b <= end)) {
    parts.push(text.slice(at, a), text.slice(a, b));
    at = b;
  }
  parts.push(text.slice(at, end) + (end < text.length ? "…" : ""));
  if (start > 0) parts[0] = `…${parts[0]}`;
  return parts.map((part) => part.replace(/\s+/g, " "));
}

/** A text as it is compared, and where each of its characters stands in the text. */
function squeeze(text: string): { squeezed: string; from: number[] } {
  const from: number[] = [];
  let squeezed = "";
  for (let at = 0; at < text.length; at++) {
    const small = plain(text[at]);
    squeezed += small;
    for (let n = 0; n < small.length; n++) from.push(at);
  }
  return { squeezed, from };
}

/** Where the words stand, in order and apart from one another. */
function found(squeezed: string, wanted: readonly string[]): [number, number][] {
  const all: [number, number][] = [];
  for (const word of wanted) {
    for (let at = squeezed.indexOf(word); at >= 0; at = squeezed.indexOf(word, at + word.length)) {
      all.push([at, at + word.length]);
    }
  }
  all.sort(([a], [b]) => a - b);
  let reached = 0;
  return all.filter(([from, to]) => {
    const apart = from >= reached;
    if (apart) reached = to;
    return apart;
  });
}
