// Sets a formula: from LaTeX to outlines, which look the same on every machine. Loaded when needed.
import { liteAdaptor } from "mathjax-full/js/adaptors/liteAdaptor.js";
import type { LiteElement, LiteNode } from "mathjax-full/js/adaptors/lite/Element.js";
import { HTMLDocument } from "mathjax-full/js/handlers/html/HTMLDocument.js";
import { TeX } from "mathjax-full/js/input/tex.js";
import "mathjax-full/js/input/tex/ams/AmsConfiguration.js";
import "mathjax-full/js/input/tex/base/BaseConfiguration.js";
import { SVG } from "mathjax-full/js/output/svg.js";
import { after, type Matrix, placed } from "../look";
import { clipped, type Window } from "./clipping";
import { pack, type Part, type Segment } from "./packing";

type Attributes = LiteElement["attributes"];

const WORDS = /^(text|#text)$/;

const adaptor = liteAdaptor({ cjkCharWidth: 1 });
const input = new TeX({ packages: ["base", "ams"], formatError: refuse });
const output = new SVG({ fontCache: "none" });
const empty = adaptor.parse("<html><body></body></html>");
const document = new HTMLDocument(empty, adaptor, { InputJax: input, OutputJax: output });

/** Its outlines, packed; null where it is no formula. */
export function set(latex: string): Uint8Array | null {
  try {
    const root = adaptor.firstChild(document.convert(latex, { display: true })) as LiteElement;
    const [left, top, width, height] = numbers(root.attributes.viewBox);
    const parts: Part[] = [];
    for (const child of root.children) collect(parts, child, [1, 0, 0, 1, -left, -top], null);
    return pack(width, height, parts);
  } catch {
    return null;
  }
}

function refuse(_: unknown, error: Error): never {
  throw error;
}

function collect(into: Part[], node: LiteNode, outer: Matrix, window: Window | null): void {
  if (!("attributes" in node)) return;
  const { kind, attributes, children } = node;
  const matrix = after(transformOf(attributes.transform), outer);
  if (kind === "svg") return nested(into, node, matrix);
  if (WORDS.test(kind)) into.push(wordsOf(node, matrix));
  else if (kind !== "g") into.push(pieceOf(kind, attributes, matrix, window));
  else for (const child of children) collect(into, child, matrix, window);
}

/** A window onto a piece: tall brackets are made of such. */
function nested(into: Part[], { attributes, children }: LiteElement, outer: Matrix): void {
  const [left, top, width, height] = numbers(attributes.viewBox);
  const [x, y] = [Number(attributes.x ?? 0), Number(attributes.y ?? 0)];
  const matrix = after([1, 0, 0, 1, x - left, y - top], outer);
  const [ax, ay] = placed(matrix, left, top);
  const [bx, by] = placed(matrix, left + width, top + height);
  const window: Window = [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
  for (const child of children) collect(into, child, matrix, window);
}

function pieceOf(kind: string, attributes: Attributes, matrix: Matrix, window: Window | null): Part {
  const path = pathOf(kind, attributes).map(({ letter, at }) => ({ letter, at: moved(at, matrix) }));
  return { line: lineOf(attributes) * scaleOf(matrix), path: window ? clipped(path, window) : path };
}

function moved(at: readonly number[], matrix: Matrix): number[] {
  return at.flatMap((x, i) => (i % 2 ? [] : placed(matrix, x, at[i + 1])));
}

function scaleOf([a, b, c, d]: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

function pathOf(kind: string, attributes: Attributes): Segment[] {
  const [x, y, width, height, x1, y1, x2, y2] = [
    ...["x", "y", "width", "height", "x1", "y1", "x2", "y2"],
  ].map((name) => Number(attributes[name] ?? 0));
  if (kind === "path") return segmentsOf(attributes.d);
  if (kind === "line") return segmentsOf(`M${x1} ${y1}L${x2} ${y2}`);
  return segmentsOf(`M${x} ${y}H${x + width}V${y + height}H${x}Z`);
}

/** Absolute letters as MathJax has them, the shorter ones written out. */
function segmentsOf(d: string): Segment[] {
  const segments: Segment[] = [];
  let [x, y, cx, cy] = [0, 0, 0, 0];
  for (const [, short, given] of d.matchAll(/([A-Z])([^A-Z]*)/g)) {
    const to = numbers(given);
    if (short === "H") to.push(y);
    if (short === "V") to.unshift(x);
    if (short === "T") to.unshift(2 * x - cx, 2 * y - cy);
    const letter = { H: "L", V: "L", T: "Q" }[short] ?? short;
    segments.push({ letter, at: to });
    if (letter === "Z") continue;
    [x, y] = to.slice(-2);
    [cx, cy] = letter === "Q" ? to : [x, y];
  }
  return segments;
}

function lineOf(attributes: Attributes): number {
  return attributes["data-line"] || attributes["data-frame"] || attributes.fill === "none"
    ? Number.parseFloat(attributes["stroke-width"] ?? "60")
    : 0;
}

function wordsOf(node: LiteElement, matrix: Matrix): Part {
  const [x, y] = placed(matrix, 0, 0);
  const size = Number.parseFloat(node.attributes["font-size"] ?? "884") * scaleOf(matrix);
  return { x, y, size, text: adaptor.textContent(node) };
}

function transformOf(text: string | undefined): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, given] of (text ?? "").matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x, y] = numbers(given);
    if (name === "translate") matrix = after([1, 0, 0, 1, x, y ?? 0], matrix);
    if (name === "scale") matrix = after([x, 0, 0, y ?? x, 0, 0], matrix);
    if (name === "rotate") matrix = after(turned(x), matrix);
  }
  return matrix;
}

function turned(degrees: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
}

function numbers(text: string): number[] {
  return (text.match(/-?\d*\.?\d+(e-?\d+)?/g) ?? []).map(Number);
}
