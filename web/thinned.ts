// Leaves out of the bundle those glyphs of MathJax's font that no school writes: half of it.
import type { Plugin } from "vite";

const FONT = /mathjax-full\/js\/output\/(?:svg|common)\/fonts\/tex\/([\w-]+)\.js$/;
const GLYPH = /^\s*0x([0-9A-F]+): .*\n/gm;
/** Letters of which one form is enough; what is missing is drawn in the system's font. */
const WHOLE_FONTS = /^(fraktur|sans-serif|monospace|script|tex-oldstyle|tex-mathit|tex-calligraphic-bold|double)/;
/** What is kept of the others, first and last. */
const KEPT: readonly (readonly [number, number])[] = [
  [0x20, 0xff], // Latin
  [0x131, 0x131],
  [0x237, 0x36f], // accents
  [0x391, 0x3f6], // Greek
  [0x2000, 0x214f], // spaces, primes, and letters such as those of the real numbers
  [0x2190, 0x2199], // arrows
  [0x21a6, 0x21a6],
  [0x21c0, 0x21cc],
  [0x21d0, 0x21d5],
  [0x2200, 0x2237], // for all, in, sum, minus, root, angle, and, or, integral
  [0x223c, 0x2265], // about, equal, less
  [0x226a, 0x226b],
  [0x2282, 0x228e], // subset
  [0x2295, 0x2299],
  [0x22a4, 0x22a5],
  [0x22c0, 0x22c5],
  [0x22ee, 0x22f1], // dots
  [0x2300, 0x25ff], // pieces of tall brackets; triangles and squares
  [0x27e8, 0x27e9],
  [0x27f5, 0x27fa],
  [0x2a7d, 0x2a7e],
  [0xe000, 0xf8ff], // pieces of wide braces
  [0x1d434, 0x1d467], // italic Latin
  [0x1d6e2, 0x1d71b], // italic Greek
];

export function thinned(): Plugin {
  return {
    name: "thinned",
    transform(code, id) {
      const font = FONT.exec(id.split("?")[0])?.[1];
      return font ? code.replace(GLYPH, (line, hex: string) => (keeps(font, hex) ? line : "")) : null;
    },
  };
}

function keeps(font: string, hex: string): boolean {
  const code = Number.parseInt(hex, 16);
  return !WHOLE_FONTS.test(font) && KEPT.some(([first, last]) => code >= first && code <= last);
}
