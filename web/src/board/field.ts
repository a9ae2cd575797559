// The field that words are typed into, over the board where they will stand.
import { effect } from "@preact/signals";
import { t } from "../i18n";
import type { Text } from "../wire.gen";
import type { Acts } from "./acts";
import { UNIT } from "./ink";
import { type Look, lookOf, type Matrix } from "./look";
import { BOARD_HEIGHT, BOARD_WIDTH } from "./outline";
import type { Place } from "./regular";
import type { Kit } from "./tools/tool";
import { broken, FONT, heightOf, LINE, PADDING, typed } from "./words";

const WIDE = 900; // board pixels of a line, where nobody has said how wide
const NOTE = 360; // of a note's side
const MARGIN = 20; // of the board, right of the words
const NARROWEST = 120;
const LONGEST = 1800; // characters: line ends of a full box come to them

interface Open {
  body: Text;
  matrix: Matrix | null;
  /** The mark that is written anew, or null where it is new. */
  number: number | null;
  area: HTMLTextAreaElement;
  /** What had the keyboard before. */
  from: Element | null;
  deaf: () => void;
}

export class Field {
  private open: Open | null = null;

  constructor(private readonly kit: Pick<Kit, "acts" | "choices" | "colour" | "connection" | "painter">) {}

  get isOpen(): boolean {
    return this.open !== null;
  }

  /** Begin new words; ``width`` is 0 where nobody has said how wide. */
  begin([x, y]: Place, width: number, note: boolean): void {
    const { choices, colour } = this.kit;
    const room = Math.max(NARROWEST, BOARD_WIDTH - MARGIN - x);
    const wide = Math.min(room, width ? Math.max(NARROWEST, width) : note ? NOTE : WIDE);
    const left = Math.min(x, BOARD_WIDTH - MARGIN - NARROWEST);
    const box = [left, y, wide, note ? wide / 2 : 1].map((value) => Math.round(value * UNIT));
    const size = Math.round(choices.size.value * UNIT);
    const body = { t: "text", box, text: "", size, colour: colour.value, note } as unknown as Text;
    this.show(body, null, null);
  }

  /** Write words anew that are there. */
  edit(number: number): void {
    const { states } = this.kit.connection.store;
    const page = states.board.pages.get(this.kit.acts.page);
    const mark = page?.marks.get(number);
    const look = page && mark ? lookOf(number, page, mark) : null;
    if (look?.body.t !== "text") return;
    this.show(wordsOf(look, look.body), look.matrix, number);
    this.kit.acts.imagine([number], { t: "hide" });
  }

  /** Keep what was typed. */
  close(): void {
    const open = this.open;
    if (!open) return;
    this.open = null;
    open.deaf();
    const text = brokenIn(open.body, open.area.value.trimEnd());
    open.area.remove();
    keep(this.kit.acts, open, text);
  }

  private show(body: Text, matrix: Matrix | null, number: number | null): void {
    this.close();
    const area = document.createElement("textarea");
    area.className = body.note ? "words note" : "words";
    area.maxLength = LONGEST;
    area.value = typed(body.text);
    area.setAttribute("aria-label", t("words.field"));
    this.kit.painter.overlay.element.append(area);
    const from = document.activeElement;
    this.open = { body, matrix, number, area, from, deaf: effect(() => this.dress(area)) };
    area.addEventListener("pointerdown", (event) => event.stopPropagation());
    area.addEventListener("keydown", (event) => this.pressed(event));
    area.addEventListener("input", () => this.dress(area));
    area.addEventListener("blur", () => this.open?.area === area && this.close());
    this.dress(area);
    area.focus({ preventScroll: true });
  }

  private pressed(event: KeyboardEvent): void {
    event.stopPropagation();
    const done = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (event.isComposing || !done) return;
    event.preventDefault();
    const from = this.open?.from;
    this.close();
    if (from instanceof HTMLElement) from.focus({ preventScroll: true });
  }

  /** New words follow the colour and the size that are chosen while they are typed. */
  private dress(area: HTMLTextAreaElement): void {
    const [colour, size] = [this.kit.colour.value, Math.round(this.kit.choices.size.value * UNIT)];
    const open = this.open;
    if (open?.area !== area) return;
    if (open.number === null) Object.assign(open.body, { colour, size });
    const { body } = open;
    const pixels = body.size / UNIT;
    Object.assign(area.style, {
      width: `${body.box[2] / UNIT}px`,
      padding: body.note ? `${PADDING * pixels}px` : "0",
      font: `${pixels}px/${LINE} ${FONT}`,
      color: `var(--ink-${body.note ? 0 : body.colour})`,
      outlineColor: `var(--ink-${body.colour})`,
      transform: transformOf(open),
      height: "0",
    });
    const least = heightOf(body, "");
    area.style.height = `${Math.min(BOARD_HEIGHT, Math.max(least, area.scrollHeight))}px`;
  }
}

function transformOf({ body, matrix }: Open): string {
  const [x, y] = [body.box[0] / UNIT, body.box[1] / UNIT];
  const moved = `translate(${x}px, ${y}px)`;
  if (!matrix) return moved;
  const [a, b, c, d, e, f] = matrix;
  return `matrix(${a}, ${b}, ${c}, ${d}, ${e / UNIT}, ${f / UNIT}) ${moved}`;
}

function wordsOf({ colour, text }: Look, body: Text): Text {
  return { ...body, colour: colour ?? body.colour, text: text ?? body.text };
}

/** Empty words are no words: nothing is put, and what was there is taken away. */
function keep(acts: Acts, { body, number }: Open, text: string): void {
  if (number === null) {
    if (text.trim()) acts.put([{ ...body, text, box: boxed(body, text) }]);
  } else if (!text.trim()) acts.edit([number], { t: "hide" });
  else if (text !== body.text) acts.edit([number], { t: "rewrite", text, outline: new Uint8Array() });
  else acts.imagine([], null);
}

function boxed(body: Text, text: string): Text["box"] {
  const [x, y, width] = body.box;
  return [x, y, width, Math.ceil(heightOf(body, text) * UNIT)];
}

function brokenIn(body: Text, text: string): string {
  const ctx = document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  const size = body.size / UNIT;
  ctx.font = `${size}px ${FONT}`;
  const inset = body.note ? 2 * PADDING * size : 0;
  return broken(text, body.box[2] / UNIT - inset, (part) => ctx.measureText(part).width);
}
