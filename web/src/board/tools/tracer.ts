// Pen and eraser for one's own layer: whole strokes, told when the pen is lifted.
import { LONGEST_STROKE, SEAT } from "../../channels/board";
import type { Refused } from "../../core/connection";
import type { Pen } from "../../wire.gen";
import { encode, MOST_POINTS, newChain, type Point } from "../ink";
import { Resampler, type Sample } from "../resample";
import { broad } from "./pen";
import type { Kit, Tool } from "./tool";

const REACH = 18; // board pixels around a finger
const MOST = LONGEST_STROKE / 2; // points: two bytes each are more than handwriting takes

interface Drawing {
  number: number;
  page: number;
  pen: Pen;
  resampler: Resampler;
  points: Point[];
}

export class Tracer implements Tool {
  private drawing: Drawing | null = null;

  constructor(
    private readonly kit: Kit,
    private readonly kind: Pen["tool"],
  ) {}

  down(sample: Sample): void {
    const { painter, numbers, colour, width } = this.kit;
    const [number, page, resampler] = [numbers.next(), painter.front, new Resampler(sample)];
    const pen: Pen = { tool: this.kind, colour: colour.value, width: broad(this.kind, width.value) };
    this.drawing = { number, page, pen, resampler, points: [resampler.first] };
    painter.beginOwn(number, page, pen);
    painter.moveOwn(number, [resampler.first]);
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) this.draw(sample);
  }

  up(): void {
    const drawing = this.drawing;
    if (!drawing) return;
    this.add(drawing, drawing.resampler.end());
    this.drawing = null;
    const { number, page, pen, points } = drawing;
    const body = { t: "ink" as const, pen, ink: packed(points) };
    if (!this.kit.traces.drew(page, [{ number, body }])) this.kit.painter.dropOwn(number);
  }

  cancel(): void {
    if (this.drawing) this.kit.painter.dropOwn(this.drawing.number);
    this.drawing = null;
  }

  refused({ command }: Refused): void {
    if (command?.t !== "layer.draw") return;
    for (const { number } of command.marks) this.kit.painter.dropOwn(number);
  }

  private draw(sample: Sample): void {
    const { drawing } = this;
    if (!drawing) return;
    this.add(drawing, drawing.resampler.feed(sample));
    if (drawing.points.length < MOST) return;
    this.up();
    this.down(sample);
  }

  private add(drawing: Drawing, points: Point[]): void {
    drawing.points.push(...points);
    this.kit.painter.moveOwn(drawing.number, points);
  }
}

/** Rubs out whole strokes of one's own layer; one movement is one act. */
export class Rubber implements Tool {
  private rubbed = new Set<number>();
  private last: Sample | null = null;

  constructor(private readonly kit: Kit) {}

  down(sample: Sample): void {
    this.last = sample;
    this.move([sample]);
  }

  move(samples: readonly Sample[]): void {
    for (const sample of samples) {
      const from = this.last ?? sample;
      const steps = Math.ceil(Math.hypot(sample.x - from.x, sample.y - from.y) / REACH) || 1;
      for (let i = 1; i <= steps; i++) {
        const part = i / steps;
        this.rubAt(from.x + (sample.x - from.x) * part, from.y + (sample.y - from.y) * part);
      }
      this.last = sample;
    }
    this.kit.painter.rub(this.rubbed);
  }

  private rubAt(x: number, y: number): void {
    const { painter, connection } = this.kit;
    for (const number of painter.tracesAt(x, y, REACH)) {
      if (Math.floor(number / SEAT) === connection.store.seat) this.rubbed.add(number);
    }
  }

  up(): void {
    this.kit.traces.rub(this.rubbed);
    this.rubbed = new Set();
  }

  cancel(): void {
    this.rubbed = new Set();
    this.kit.painter.rub(this.rubbed);
  }

  refused({ command }: Refused): void {
    if (command?.t === "layer.erase") this.kit.painter.rub(new Set());
  }
}

function packed(points: readonly Point[]): Uint8Array {
  const chain = newChain();
  const batches = [encode(chain, points.slice(0, MOST_POINTS + 1), true)];
  for (let at = MOST_POINTS + 1; at < points.length; at += MOST_POINTS) {
    batches.push(encode(chain, points.slice(at, at + MOST_POINTS), false));
  }
  const whole = new Uint8Array(batches.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const batch of batches) {
    whole.set(batch, at);
    at += batch.length;
  }
  return whole;
}
