// Pen, highlighter and chalk: a stroke is drawn at once, and told batch by batch.
import { LONGEST_STROKE } from "../../channels/board";
import type { Refused } from "../../core/connection";
import type { Pen } from "../../wire.gen";
import { type Chain, encode, MOST_POINTS, newChain, type Point } from "../ink";
import { pointOf, Resampler, type Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const FULL = LONGEST_STROKE - 1024; // bytes: then the stroke goes on as another
const BREADTH = { pen: 1, chalk: 1.5, highlighter: 6 }; // times the width that was chosen
const LOOK_EVERY_MS = 25; // whether a batch is due: half the shortest

/** How broad a pen of this kind writes where this width was chosen. */
export function broad(kind: Pen["tool"], width: number): number {
  return Math.min(255, Math.round(width * BREADTH[kind]));
}

interface Drawing {
  number: number;
  page: number;
  pen: Pen;
  chain: Chain;
  resampler: Resampler;
  unsent: Point[];
  sent: number;
  sentAt: number;
}

export class Writer implements Tool {
  private drawing: Drawing | null = null;
  private timer = 0;

  constructor(
    private readonly kit: Kit,
    private readonly kind: Pen["tool"],
  ) {}

  down(sample: Sample): void {
    this.begin(sample);
    this.timer = window.setInterval(() => this.sendDue(), LOOK_EVERY_MS);
  }

  move(samples: readonly Sample[], predicted: readonly Sample[]): void {
    for (const sample of samples) if (this.drawing) this.draw(this.drawing, sample);
    if (!this.drawing) return;
    const ahead = [samples[samples.length - 1], ...predicted].map(pointOf);
    this.kit.painter.moveOwn(this.drawing.number, [], ahead);
  }

  up(): void {
    clearInterval(this.timer);
    if (this.drawing) this.end(this.drawing);
  }

  cancel(): void {
    const drawing = this.drawing;
    if (!drawing?.sent) {
      this.drop(drawing);
      clearInterval(this.timer);
      return;
    }
    this.up();
    const { number, page } = drawing;
    this.kit.connection.ask({ t: "marks.edit", page, marks: [number], edit: { t: "hide" } });
  }

  refused({ code, command }: Refused): void {
    if (command?.t !== "ink.begin" && command?.t !== "ink.add") return;
    if (code === "stroke-taken") this.kit.numbers.skip();
    this.kit.painter.dropOwn(command.stroke);
    if (this.drawing?.number === command.stroke) this.drawing = null;
  }

  private begin(sample: Sample): void {
    const { numbers, painter } = this.kit;
    const [number, resampler] = [numbers.next(), new Resampler(sample)];
    const page = painter.front;
    const pen = this.pen();
    this.drawing = {
      ...{ number, page, pen, resampler, chain: newChain() },
      ...{ unsent: [resampler.first], sent: 0, sentAt: performance.now() },
    };
    painter.beginOwn(number, page, pen);
    painter.moveOwn(number, [resampler.first]);
  }

  private pen(): Pen {
    const { colour, width } = this.kit;
    return { tool: this.kind, colour: colour.value, width: broad(this.kind, width.value) };
  }

  private draw(drawing: Drawing, sample: Sample): void {
    const points = drawing.resampler.feed(sample);
    drawing.unsent.push(...points);
    this.kit.painter.moveOwn(drawing.number, points);
    if (drawing.sent > FULL) {
      this.end(drawing);
      this.begin(sample);
    }
  }

  private end(drawing: Drawing): void {
    const points = drawing.resampler.end();
    drawing.unsent.push(...points);
    this.kit.painter.moveOwn(drawing.number, points);
    this.send(drawing, true);
    this.drawing = null;
  }

  private drop(drawing: Drawing | null): void {
    if (drawing) this.kit.painter.dropOwn(drawing.number);
    this.drawing = null;
  }

  private sendDue(): void {
    const drawing = this.drawing;
    if (!drawing?.unsent.length) return;
    const since = performance.now() - drawing.sentAt;
    if (since >= this.kit.connection.batchMs) this.send(drawing, false);
  }

  private send(drawing: Drawing, over: boolean): void {
    drawing.sentAt = performance.now();
    do {
      const first = drawing.sent === 0;
      const points = drawing.unsent.splice(0, first ? MOST_POINTS + 1 : MOST_POINTS);
      const last = over && !drawing.unsent.length;
      const ink = points.length ? encode(drawing.chain, points, first) : new Uint8Array();
      drawing.sent += ink.length;
      if (!this.ask(drawing, ink, first, last)) this.kit.painter.dropOwn(drawing.number);
    } while (drawing.unsent.length);
  }

  private ask(drawing: Drawing, ink: Uint8Array, first: boolean, last: boolean): number {
    const { number: stroke, page, pen } = drawing;
    const { connection } = this.kit;
    if (first) return connection.ask({ t: "ink.begin", stroke, page, pen, ink, last });
    return connection.ask({ t: "ink.add", stroke, ink, last });
  }
}
