// A pupil's sheet: what was typed, photographed or inked, the teacher's marks on top, and a pen.
import { useEffect, useRef } from "preact/hooks";
import { encode, MOST_POINTS, newChain, type Point } from "../../board/ink";
import { paintInk, paintPieces } from "../../board/outline";
import { Resampler, type Sample } from "../../board/resample";
import type { Ink, Pen } from "../../wire.gen";

export interface Lying {
  width: number;
  height: number;
  /** The address of a photograph, "" where there is none. */
  picture: string;
  text: string;
  ink: readonly Ink[];
}

interface Props {
  sheet: Lying;
  label: string;
  /** Null where nobody writes. */
  pen: Pen | null;
  wrote: (ink: Ink) => void;
}

const SHARPEST = 2; // device pixels to a CSS pixel, as on the board

export function Sheet({ sheet, label, pen, wrote }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const paint = () => paintSheet(element, sheet);
    const resized = new ResizeObserver(paint);
    resized.observe(element);
    paint();
    const deaf = pen ? write(element, sheet, pen, paint, wrote) : () => undefined;
    return () => {
      resized.disconnect();
      deaf();
    };
  });
  const { width, height } = sheet;
  return (
    <div class="sheet-paper" style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(78vh * ${width / height})` }}>
      {sheet.picture && <img src={sheet.picture} alt={label} draggable={false} />}
      <canvas ref={canvas} role="img" aria-label={label} class={pen ? "writing" : ""} />
    </div>
  );
}

/** As the board's paper.ts reads them, which brings more than a sheet needs. */
function inksOf(element: Element): string[] {
  const style = getComputedStyle(element);
  return Array.from({ length: 8 }, (_, n) => style.getPropertyValue(`--ink-${n}`).trim());
}

/** Ready to be painted in units of the sheet. */
function begun(element: HTMLCanvasElement, sheet: Lying): CanvasRenderingContext2D {
  const { width, height } = element.getBoundingClientRect();
  const sharp = Math.min(SHARPEST, devicePixelRatio);
  element.width = Math.max(1, Math.round(width * sharp));
  element.height = Math.max(1, Math.round(height * sharp));
  const ctx = element.getContext("2d") as CanvasRenderingContext2D;
  ctx.scale(element.width / sheet.width, element.height / sheet.height);
  return ctx;
}

function paintSheet(element: HTMLCanvasElement, sheet: Lying): CanvasRenderingContext2D {
  const [ctx, inks] = [begun(element, sheet), inksOf(element)];
  if (sheet.text) paintText(ctx, sheet, inks[0]);
  for (const ink of sheet.ink) paintInk(ctx, ink, [], ink.pen.colour, inks);
  return ctx;
}

const SIZES = [44, 36, 30, 26, 22, 18]; // the largest in which all of it fits
const MARGIN = 60;

/** Lines break by the count of letters and never by a font: marks lie where they lay elsewhere. */
function paintText(ctx: CanvasRenderingContext2D, { width, height, text }: Lying, colour: string): void {
  const breadth = width - 2 * MARGIN;
  const fits = (size: number) => linesOf(text, breadth / size).length * size * 1.5 < height - 2 * MARGIN;
  const size = SIZES.find(fits) ?? SIZES[SIZES.length - 1];
  ctx.fillStyle = colour;
  ctx.font = `${size}px ${getComputedStyle(ctx.canvas).fontFamily}`;
  ctx.textBaseline = "top";
  linesOf(text, breadth / size).forEach((line, n) =>
    ctx.fillText(line, MARGIN, MARGIN + n * size * 1.5, breadth),
  );
}

/** ``most`` in Chinese letters; a Latin one takes a little more than half of one. */
function linesOf(text: string, most: number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines = [""];
    let breadth = 0;
    for (const letter of line) {
      breadth += letter.codePointAt(0)! < 0x2e80 ? 0.58 : 1;
      if (breadth > most) {
        lines.push("");
        breadth = 1;
      }
      lines[lines.length - 1] += letter;
    }
    return lines;
  });
}

/** Listen to a pen, a mouse or a finger until the answer is called. */
function write(
  element: HTMLCanvasElement,
  sheet: Lying,
  pen: Pen,
  paint: () => CanvasRenderingContext2D,
  wrote: (ink: Ink) => void,
): () => void {
  const inks = inksOf(element);
  let stroke: { id: number; resampler: Resampler; points: Point[] } | null = null;
  let pens = false; // whoever has a pen rests the hand on the sheet

  const sampleOf = (event: PointerEvent): Sample => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const pressure = event.pointerType === "pen" ? event.pressure : 0.5;
    const x = ((event.clientX - left) * sheet.width) / width;
    const y = ((event.clientY - top) * sheet.height) / height;
    return { at: event.timeStamp, x, y, pressure };
  };
  const down = (event: PointerEvent) => {
    pens ||= event.pointerType === "pen";
    if (stroke || event.button !== 0 || (pens && event.pointerType === "touch")) return;
    const resampler = new Resampler(sampleOf(event));
    stroke = { id: event.pointerId, resampler, points: [resampler.first] };
    element.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== stroke?.id) return;
    const reports = event.getCoalescedEvents?.() ?? [];
    for (const one of reports.length ? reports : [event]) {
      stroke.points.push(...stroke.resampler.feed(sampleOf(one)));
    }
    paintPieces(paint(), pen, [stroke.points], inks);
  };
  const up = (event: PointerEvent) => {
    if (event.pointerId !== stroke?.id) return;
    const points = [...stroke.points, ...stroke.resampler.end()];
    stroke = null;
    wrote({ t: "ink", pen, ink: packed(points) });
  };
  const hears = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up };
  const all = Object.entries(hears) as ["pointerdown", (event: PointerEvent) => void][];
  for (const [name, hear] of all) element.addEventListener(name, hear);
  return () => {
    for (const [name, hear] of all) element.removeEventListener(name, hear);
  };
}

/** A whole stroke: its batches one behind the other. */
function packed(points: readonly Point[]): Uint8Array {
  const chain = newChain();
  const bytes = [...encode(chain, points.slice(0, MOST_POINTS + 1), true)];
  for (let from = MOST_POINTS + 1; from < points.length; from += MOST_POINTS) {
    bytes.push(...encode(chain, points.slice(from, from + MOST_POINTS), false));
  }
  return Uint8Array.from(bytes);
}
