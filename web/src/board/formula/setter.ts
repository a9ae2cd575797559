// Sets a formula: from LaTeX to outlines, which look the same on every machine. Loaded when needed.
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import type { LiteElement, LiteNode } from "mathjax-full/js/adaptors/lite/Element.js";
import { HTMLDocument } from "mathjax-full/js/handlers/html/HTMLDocument.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import "mathjax-full/js/input/tex/ams/AmsConfiguration.js";
import "mathjax-full/js/input/tex/base/BaseConfiguration.js";
import { SVG } from "mathjax-full/js/output/svg.js";

const EM = 1000; // units of the outlines to the height of the letters
const WORDS = /^(text|#text)$/;

/** A piece of a formula, in heights of the letters; y goes down, from the upper left corner. */
export interface Piece {
  matrix: DOMMatrix;
  path: Path2D;
  /** Left, top, width, height of what may be seen of it, before the matrix. */
  clip: readonly number[] | null;
  /** A line of this width along the path, else the path is filled. */
  line: number;
}

/** What has no outline: words in the system's font. */
export interface Words {
  matrix: DOMMatrix;
  text: string;
  size: number;
}

export interface Setting {
  width: number;
  height: number;
  pieces: Piece[];
  words: Words[];
}

const adaptor = liteAdaptor({ cjkCharWidth: 1 });
const input = new TeX({ packages: ["base", "ams"], formatError: refuse });
const output = new SVG({ fontCache: "none" });
const empty = adaptor.parse("<html><body></body></html>");
const document = new HTMLDocument(empty, adaptor, { InputJax: input, OutputJax: output });

/** Null where it is no formula. */
export function set(latex: string): Setting | null {
  try {
    const root = adaptor.firstChild(document.convert(latex, { display: true })) as LiteElement;
    const [left, top, width, height] = numbers(root.attributes.viewBox);
    const setting = { width: width / EM, height: height / EM, pieces: [], words: [] };
    const from = new DOMMatrix().scale(1 / EM).translate(-left, -top);
    for (const child of root.children) collect(setting, child, from, null);
    return setting;
  } catch {
    return null;
  }
}

function refuse(_: unknown, error: Error): never {
  throw error;
}

function collect(into: Setting, node: LiteNode, outer: DOMMatrix, clip: Piece["clip"]): void {
  if (!("attributes" in node)) return;
  const { kind, attributes, children } = node;
  const matrix = outer.multiply(transformOf(attributes.transform));
  if (kind === "svg") return nested(into, node, matrix);
  if (WORDS.test(kind)) into.words.push(wordsOf(node, matrix));
  else if (kind !== "g") into.pieces.push({ matrix, path: pathOf(kind, attributes), clip, line: lineOf(attributes) });
  else for (const child of children) collect(into, child, matrix, clip);
}

/** A window onto a piece: tall brackets are made of such. */
function nested(into: Setting, { attributes, children }: LiteElement, outer: DOMMatrix): void {
  const window = numbers(attributes.viewBox);
  const [x, y] = [Number(attributes.x ?? 0), Number(attributes.y ?? 0)];
  const matrix = outer.translate(x - window[0], y - window[1]);
  for (const child of children) collect(into, child, matrix, clipped(child, window));
}

/** The window as the piece's own coordinates have it. */
function clipped(child: LiteNode, [x, y, width, height]: number[]): number[] {
  const own = "attributes" in child ? transformOf(child.attributes.transform).inverse() : new DOMMatrix();
  const [a, b] = [own.transformPoint({ x, y }), own.transformPoint({ x: x + width, y: y + height })];
  return [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(b.x - a.x), Math.abs(b.y - a.y)];
}

function pathOf(kind: string, attributes: LiteElement["attributes"]): Path2D {
  const value = (name: string) => Number(attributes[name] ?? 0);
  if (kind === "path") return new Path2D(attributes.d);
  const path = new Path2D();
  if (kind === "rect") path.rect(value("x"), value("y"), value("width"), value("height"));
  if (kind === "line") {
    path.moveTo(value("x1"), value("y1"));
    path.lineTo(value("x2"), value("y2"));
  }
  return path;
}

function lineOf(attributes: LiteElement["attributes"]): number {
  return attributes["data-line"] || attributes["data-frame"] || attributes.fill === "none"
    ? Number.parseFloat(attributes["stroke-width"] ?? "60")
    : 0;
}

function wordsOf(node: LiteElement, matrix: DOMMatrix): Words {
  return { matrix, text: adaptor.textContent(node), size: Number.parseFloat(node.attributes["font-size"] ?? "884") };
}

function transformOf(text: string | undefined): DOMMatrix {
  let matrix = new DOMMatrix();
  for (const [, name, given] of (text ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x, y] = numbers(given);
    if (name === "translate") matrix = matrix.translate(x, y ?? 0);
    if (name === "scale") matrix = matrix.scale(x, y ?? x);
    if (name === "rotate") matrix = matrix.rotate(x);
  }
  return matrix;
}

function numbers(text: string): number[] {
  return text.split(/[\s,]+/).filter(Boolean).map(Number);
}
