// A page's own bytes, found again in the text that the browser made of them.

/**
 * windows-1252 (Encoding Standard §9.1) has a letter of its own for each byte, so all is told by
 * the text but this: a NUL has become U+FFFD (HTML §13.2.5.5), and CR, LF and CRLF all one LF.
 * Which one it was is told by bits, as recorder/newlines.py writes them.
 */
export function recovered(texts: Iterable<string>, size: number, ends: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  const bits = new Bits(ends);
  let at = 0;
  for (const text of texts) {
    for (let i = 0; i < text.length && at < size; i++) {
      const code = text.charCodeAt(i);
      if (code === LF) at += lineEnd(bytes, at, bits);
      else bytes[at++] = code < 0x80 ? code : HIGH[code];
    }
  }
  if (at < size) throw new RangeError("the page is cut off");
  return bytes;
}

const LF = 10;
const CR = 13;
/** The letters of the bytes from 0x80 to 0x9f; from there on a letter's number is the byte. */
const LETTERS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
const HIGH = Uint8Array.from({ length: 0x10000 }, (_, code) => (code <= 0xff ? code : 0));
for (let i = 0; i < LETTERS.length; i++) HIGH[LETTERS.charCodeAt(i)] = 0x80 + i;

/** 0 is LF, 10 is CR, 11 is both. */
function lineEnd(bytes: Uint8Array, at: number, bits: Bits): number {
  const first = bits.next();
  const second = first === 1 ? bits.next() : 0;
  bytes[at] = first ? CR : LF;
  if (second) bytes[at + 1] = LF;
  return 1 + second;
}

class Bits {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  next(): number {
    const bit = (this.bytes[this.at >> 3] >> (7 - (this.at & 7))) & 1;
    this.at++;
    return bit;
  }
}
