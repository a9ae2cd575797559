// Words and notes: a tap begins them or takes up those that are there, a movement says how wide.
import { bodyAt } from "../find";
import { UNIT } from "../ink";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../outline";
import type { Place } from "../regular";
import type { Sample } from "../resample";
import type { Kit, Tool } from "./tool";

const TAP = 12; // board pixels
const STEP = 40; // board pixels from one press of an arrow
const EDGE = 80; // board pixels: how near to the board's edge words begin that no hand has placed
const WAYS: Record<string, Place> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Lettering implements Tool {
  private from: Place | null = null;
  private to: Place = [0, 0];
  /** Shows where words will begin, once an arrow has moved that place. */
  private spot: { at: Place; sign: HTMLElement } | null = null;

  constructor(
    private readonly kit: Kit,
    private readonly note: boolean,
  ) {}

  /** A tap beside a field that is open closes it, and no more. */
  down({ x, y }: Sample): void {
    this.from = this.kit.field.isOpen ? null : [x, y];
    this.to = [x, y];
    this.kit.field.close();
  }

  move(samples: readonly Sample[]): void {
    const { x, y } = samples[samples.length - 1];
    this.to = [x, y];
  }

  up(): void {
    const from = this.from;
    this.from = null;
    if (!from) return;
    const width = this.to[0] - from[0];
    const there = Math.abs(width) < TAP ? bodyAt(this.kit, from, "text") : null;
    if (there !== null) this.kit.field.edit(there);
    else this.kit.field.begin([Math.min(from[0], this.to[0]), from[1]], Math.abs(width) < TAP ? 0 : Math.abs(width), this.note);
  }

  cancel(): void {
    this.from = null;
  }

  away(): void {
    this.kit.field.close();
    this.unplace();
  }

  /** Whoever has no pointer: Enter on the tool in hand begins words, arrows say where. */
  key(key: string, event: KeyboardEvent): boolean {
    if (this.kit.field.isOpen || event.altKey || !atTools(event.target)) return false;
    const way = WAYS[key];
    if (way) this.place(way);
    else if (key === "Enter") this.kit.field.begin(this.spot?.at ?? this.free(), 0, this.note);
    else if (key !== "Escape" || !this.spot) return false;
    if (!way) this.unplace();
    return true;
  }

  private place(way: Place): void {
    const from = this.spot?.at ?? this.free();
    const [x, y] = [BOARD_WIDTH, BOARD_HEIGHT].map((most, i) =>
      Math.min(most - EDGE, Math.max(0, from[i] + STEP * way[i])),
    );
    const sign = this.spot?.sign ?? document.createElement("i");
    sign.className = "begins";
    sign.style.transform = `translate(${x}px, ${y}px)`;
    this.kit.painter.overlay.element.append(sign);
    this.spot = { at: [x, y], sign };
  }

  private unplace(): void {
    this.spot?.sign.remove();
    this.spot = null;
  }

  /** Below the words that are there or on their way; at the top again where the page is full. */
  private free(): Place {
    const number = this.kit.acts.page;
    const page = this.kit.connection.store.states.board.pages.get(number);
    const bodies = page ? [...page.marks.values(), ...this.kit.painter.ghosts.of(number, page)] : [];
    const ends = bodies.map(({ body }) =>
      body.t === "text" ? (body.box[1] + body.box[3]) / UNIT + EDGE / 4 : 0,
    );
    const y = Math.max(EDGE, ...ends);
    return [EDGE, y > BOARD_HEIGHT - 2 * EDGE ? EDGE : y];
  }
}

/** Nowhere, or on what is in the hand already: another button is pressed by its own Enter. */
function atTools(target: EventTarget | null): boolean {
  return target === document.body || (target as Element).matches("nav .tool[aria-pressed=true], [role=toolbar] [aria-pressed=true]");
}
