// The lasso: selects by a loop or a tap; moves and scales what is selected, by hand or by keys.
import type { Frame } from "../extent";
import { type Corner, corners, FrameView } from "../frame";
import { markAt, ours, within } from "../find";
import { UNIT } from "../ink";
import type { Matrix } from "../look";
import type { Place } from "../regular";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const TAP = 8; // board pixels: a smaller movement was none
const TWICE_MS = 450; // between two taps on the same words
const STEP = 8; // board pixels, by an arrow key
const REST_MS = 500; // after the last arrow key they are one act
const SCALES = [0.05, 20]; // how much smaller and larger at once
const TURN = 15; // degrees
const UPRIGHT = 2.5; // degrees from a multiple of those: nobody's hand is better
const ARROWS: Record<string, Place> = {
  ...{ ArrowLeft: [-1, 0], ArrowRight: [1, 0] },
  ...{ ArrowUp: [0, -1], ArrowDown: [0, 1] },
};

type Doing = { kind: "loop"; path: Place[] } | { kind: "move" } | { kind: "turn" } | { kind: "scale"; corner: Corner };

export class Lasso implements Tool {
  private readonly view: FrameView;
  private doing: Doing | null = null;
  /** Of what is selected, when the movement began. */
  private frame: Frame | null = null;
  private from: Place = [0, 0];
  private to: Place = [0, 0];
  private tapped = { at: 0, mark: 0 };
  private nudged: Place = [0, 0];
  private timer = 0;

  constructor(private readonly kit: Kit) {
    this.view = new FrameView(kit.painter.overlay.element);
    kit.acts.onSeen(() => this.refresh());
    kit.selection.marks.subscribe(() => this.refresh());
  }

  down(sample: Sample): void {
    this.settle();
    this.from = this.to = [sample.x, sample.y];
    this.frame = this.kit.selection.frame();
    const corner = this.view.cornerAt(this.from);
    if (corner !== null) this.doing = { kind: "scale", corner };
    else if (this.view.turnsAt(this.from)) this.doing = { kind: "turn" };
    else if (this.view.holds(this.from)) this.doing = { kind: "move" };
    else this.doing = { kind: "loop", path: [this.from] };
  }

  move(samples: readonly Sample[]): void {
    const { doing } = this;
    for (const { x, y } of samples) {
      this.to = [x, y];
      if (doing?.kind === "loop") doing.path.push(this.to);
    }
    if (doing?.kind === "loop") this.view.draw(doing.path);
    else this.kit.selection.imagine(this.matrix());
  }

  up(): void {
    const { doing } = this;
    const matrix = this.matrix();
    this.doing = null;
    this.view.draw([]);
    if (this.distance < TAP) return this.tap();
    if (doing?.kind === "loop") this.kit.selection.select(within(ours(this.kit), doing.path));
    else if (matrix) this.kit.selection.place(matrix);
  }

  cancel(): void {
    this.doing = null;
    this.view.draw([]);
    this.kit.selection.imagine(null);
  }

  away(): void {
    this.settle();
    this.kit.selection.select([]);
  }

  key(key: string, event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return this.combined(key.toLowerCase());
    const { selection } = this.kit;
    if (!selection.marks.value.length) return false;
    if (key in ARROWS) this.nudge(ARROWS[key], event.shiftKey ? 1 : STEP);
    else if (key === "Delete" || key === "Backspace") selection.remove();
    else if (key === "Escape") selection.select([]);
    else return false;
    return true;
  }

  /** Where nothing is selected, the keys are left to what else is on the screen. */
  private combined(key: string): boolean {
    const { selection } = this.kit;
    const some = selection.marks.value.length > 0;
    if (key === "a") selection.all();
    else if (key === "c" && some) selection.copy();
    else if (key === "d" && some) selection.double();
    else if (key === "v" && selection.copied.value) selection.paste();
    else return false;
    return true;
  }

  private get distance(): number {
    return Math.hypot(this.to[0] - this.from[0], this.to[1] - this.from[1]);
  }

  /** A tap selects the mark there; a second one writes words anew. */
  private tap(): void {
    this.kit.selection.imagine(null);
    const mark = markAt(ours(this.kit), this.from);
    const now = performance.now();
    const again = mark !== null && mark === this.tapped.mark && now - this.tapped.at < TWICE_MS;
    this.tapped = { at: now, mark: mark ?? 0 };
    this.kit.selection.select(mark === null ? [] : [mark]);
    if (!again) return;
    this.kit.field.edit(mark); // each of the two knows its own
    this.kit.draft.edit(mark);
  }

  /** What the movement so far does to the selection, in units. */
  private matrix(): Matrix | null {
    const { doing } = this;
    const [dx, dy] = [this.to[0] - this.from[0], this.to[1] - this.from[1]];
    if (doing?.kind === "move") return moveBy(dx, dy);
    if (doing?.kind === "turn") return this.turning();
    return doing?.kind === "scale" ? this.scaling(doing.corner, dx, dy) : null;
  }

  /** The corner across stays where it is. */
  private scaling(corner: Corner, dx: number, dy: number): Matrix | null {
    if (!this.frame) return null;
    const [x, y] = corners(this.frame)[corner];
    const [ax, ay] = corners(this.frame)[(corner + 2) % 4];
    const [w, h] = [x - ax, y - ay];
    const along = ((w + dx * UNIT) * w + (h + dy * UNIT) * h) / Math.max(1, w * w + h * h);
    const by = Math.round(Math.min(SCALES[1], Math.max(SCALES[0], along)) * 1e4) / 1e4;
    return [by, 0, 0, by, Math.round(ax * (1 - by)), Math.round(ay * (1 - by))];
  }

  /** About the middle; what is nearly a multiple of fifteen degrees is that. */
  private turning(): Matrix | null {
    if (!this.frame) return null;
    const [left, top, right, bottom] = this.frame;
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const at = ([px, py]: Place) => Math.atan2(py * UNIT - y, px * UNIT - x);
    const degrees = ((at(this.to) - at(this.from)) * 180) / Math.PI;
    const nearest = Math.round(degrees / TURN) * TURN;
    const by = Math.abs(degrees - nearest) < UPRIGHT ? nearest : degrees;
    const [sin, cos] = [Math.sin, Math.cos].map((f) => Math.round(f((by * Math.PI) / 180) * 1e4) / 1e4);
    const [e, f] = [x - cos * x + sin * y, y - sin * x - cos * y].map(Math.round);
    return [cos, sin, -sin, cos, e, f];
  }

  private nudge([x, y]: Place, step: number): void {
    this.nudged = [this.nudged[0] + x * step, this.nudged[1] + y * step];
    this.kit.selection.imagine(moveBy(...this.nudged));
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settle(), REST_MS);
  }

  /** What the arrow keys have done becomes one act. */
  private settle(): void {
    clearTimeout(this.timer);
    const [x, y] = this.nudged;
    this.nudged = [0, 0];
    if (x || y) this.kit.selection.place(moveBy(x, y));
  }

  private refresh(): void {
    this.view.show(this.kit.selection.frame());
  }
}

function moveBy(dx: number, dy: number): Matrix {
  return [1, 0, 0, 1, Math.round(dx * UNIT), Math.round(dy * UNIT)];
}
