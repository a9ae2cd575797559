// Shapes: drawn from corner to corner, and a polygon corner by corner.
import type { Pen, Shape } from "../../wire.gen";
import type { Acts } from "../acts";
import { type Place, shapeOf, units } from "../regular";
import type { Sample } from "../resample";
import type { Traces } from "../traces";
import type { Kit, Tool } from "./tool";

const LEAST = 6; // board pixels: a smaller shape was a tap
const CLOSE = 28; // board pixels around the first corner: the polygon is closed
const MOST_CORNERS = 64; // as the lesson has it
const DRAFT = -1; // the number of what is not put yet

export class Drawer implements Tool {
  private from: Place | null = null;
  private to: Place | null = null;
  private regular = false;
  private corners: Place[] = [];

  /** ``acts`` is where what is drawn goes: on the page, or on a layer of one's own. */
  constructor(
    private readonly kit: Kit,
    private readonly acts: Pick<Acts | Traces, "page" | "put"> = kit.acts,
  ) {}

  down(sample: Sample): void {
    this.from = this.to = [sample.x, sample.y];
    if (this.polygonal) this.hover(sample);
  }

  move(samples: readonly Sample[]): void {
    const last = samples[samples.length - 1];
    this.to = [last.x, last.y];
    this.regular = last.regular ?? false;
    this.draft(this.polygonal ? this.polygon(this.to) : this.shape());
  }

  up(): void {
    const { from, to } = this;
    this.from = null;
    if (!from || !to) return;
    if (this.polygonal) return this.addCorner(to);
    const large = Math.hypot(to[0] - from[0], to[1] - from[1]) >= LEAST;
    this.from = from;
    this.finish(large ? this.shape() : null);
  }

  cancel(): void {
    this.finish(null);
  }

  hover({ x, y }: Sample): void {
    if (this.corners.length) this.draft(this.polygon([x, y]));
  }

  key(key: string): boolean {
    if (!this.corners.length || (key !== "Enter" && key !== "Escape")) return false;
    this.finish(key === "Enter" && this.corners.length > 2 ? this.polygon() : null);
    return true;
  }

  /** Another tool was taken: what has its corners is kept. */
  away(): void {
    this.finish(this.corners.length > 2 ? this.polygon() : null);
  }

  private get polygonal(): boolean {
    return this.kit.choices.kind.value === "polygon";
  }

  private addCorner(to: Place): void {
    const [first] = this.corners;
    const closes = this.corners.length > 2 && Math.hypot(to[0] - first[0], to[1] - first[1]) < CLOSE;
    if (!closes) this.corners.push(to);
    if (closes || this.corners.length === MOST_CORNERS) this.finish(this.polygon());
    else this.draft(this.polygon());
  }

  private shape(): Shape | null {
    const kind = this.kit.choices.kind.value;
    if (!this.from || !this.to || kind === "polygon") return null;
    return { t: "shape", pen: this.pen(), filled: this.filled, ...shapeOf(kind, this.from, this.to, this.regular) };
  }

  /** Two corners are a line as long as there is no third. */
  private polygon(next?: Place): Shape | null {
    const corners = units(...this.corners, ...(next ? [next] : []));
    if (corners.length < 4) return corners.length ? this.dot(corners) : null;
    const kind = corners.length < 6 ? "line" : "polygon";
    return { t: "shape", kind, pen: this.pen(), corners, filled: this.filled };
  }

  private dot(corners: number[]): Shape {
    const twice = [...corners, ...corners];
    return { t: "shape", kind: "line", pen: this.pen(), corners: twice, filled: false };
  }

  private get filled(): boolean {
    return this.kit.choices.filled.value;
  }

  private pen(): Pen {
    const { colour, width } = this.kit;
    return { tool: "pen", colour: colour.value, width: width.value };
  }

  private draft(body: Shape | null): void {
    const { acts, kit } = this;
    const { painter } = kit;
    if (body) painter.ghosts.show(DRAFT, acts.page, body);
    else painter.ghosts.forget(DRAFT);
    painter.wake();
  }

  private finish(body: Shape | null): void {
    this.draft(null);
    Object.assign(this, { from: null, to: null, corners: [], regular: false });
    if (body) this.acts.put([body]);
  }
}
