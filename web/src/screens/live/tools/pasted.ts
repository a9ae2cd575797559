// Pictures that a hand pastes, drops or picks: brought to the lesson, and put where they fell.
import type { Hand } from "../../../board/hand";
import { UNIT } from "../../../board/ink";
import { holds } from "../../../board/place";
import type { Place } from "../../../board/regular";
import { lighter } from "../../../courseware/lighter";
import type { Picture, Sheet } from "../../../wire.gen";
import type { Live } from "../live";

type Area = readonly [left: number, top: number, width: number, height: number];

const MIDDLE: Place = [960, 540];
const WHOLE: Area = [0, 0, 1920, 1080];
const LARGEST: Place = [960, 720]; // board pixels: a picture does not fill the board by itself
const PICTURE = /^image\//;

export class Pasted {
  private readonly deaf: (() => void)[] = [];

  constructor(
    private readonly live: Live,
    private readonly hand: Hand,
    sheet: HTMLElement,
  ) {
    this.listen(window, "paste", (event) => this.take(event, event.clipboardData, MIDDLE));
    this.listen(sheet, "dragover", (event) => event.preventDefault());
    this.listen(sheet, "drop", (event) => this.take(event, event.dataTransfer, this.place(event)));
    this.deaf.push(live.pictures.now.subscribe((now) => now?.code && this.refused(now.code, now.message)));
  }

  close(): void {
    for (const undo of this.deaf) undo();
  }

  /** Percent of the picture on its way that has been sent; null where none is. */
  get sent(): number | null {
    const { now } = this.live.pictures;
    return now.value && !now.value.code ? Math.floor(now.value.sent * 100) : null;
  }

  /** Bring a picture; while another is on its way nothing happens. */
  async bring(file: File, at: Place = MIDDLE): Promise<void> {
    this.live.pictures.send(await lighter(file), (sheet) => this.put(sheet, at));
  }

  private take(event: Event, given: DataTransfer | null, at: Place): void {
    const file = [...(given?.files ?? [])].find(({ type }) => PICTURE.test(type));
    if (!file || !this.hand.allowed) return;
    event.preventDefault();
    void this.bring(file, at);
  }

  private place({ clientX, clientY }: DragEvent): Place {
    return this.live.painter?.boardPoint(clientX, clientY) ?? MIDDLE;
  }

  private put(sheet: Sheet, at: Place): void {
    const { acts, place, traces } = this.hand;
    const picture = pictureOf(sheet, at, this.areaAt(at));
    if (place.kind === "layer") traces.put([picture]);
    else acts.put([picture]);
  }

  /** Where it must fit: the page, or the box of ours in which it fell. */
  private areaAt([x, y]: Place): Area {
    const { place } = this.hand;
    if (place.kind !== "boxes") return WHOLE;
    const box = place.boxes.find((one) => holds(one, x * UNIT, y * UNIT)) ?? place.boxes[0];
    return box.map((value) => value / UNIT) as unknown as Area;
  }

  private refused(code: string, message: string): void {
    this.live.pictures.dismiss();
    this.live.connection.refusal.value = { code, message, command: null };
  }

  private listen<E extends keyof (WindowEventMap & HTMLElementEventMap)>(
    target: EventTarget,
    name: E,
    act: (event: (WindowEventMap & HTMLElementEventMap)[E]) => void,
  ): void {
    target.addEventListener(name, act as EventListener);
    this.deaf.push(() => target.removeEventListener(name, act as EventListener));
  }
}

/** As near to where it fell as the area has room for it. */
function pictureOf(sheet: Sheet, at: Place, [left, top, wide, high]: Area): Picture {
  const scale = Math.min(
    ...[1, LARGEST[0] / sheet.width, LARGEST[1] / sheet.height],
    ...[wide / sheet.width, high / sheet.height],
  );
  const [width, height] = [sheet.width * scale, sheet.height * scale];
  const x = within(at[0] - width / 2, left, left + wide - width);
  const y = within(at[1] - height / 2, top, top + high - height);
  const box = [x, y, width, height].map((value) => Math.max(0, Math.floor(value * UNIT)));
  return { t: "picture", box: [box[0], box[1], box[2] || 1, box[3] || 1], sheet: sheet.name };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
