// Pictures that a teacher pastes, drops or picks: brought as courseware, put on the board where they fell.
import type { Hand } from "../../../board/hand";
import { UNIT } from "../../../board/ink";
import type { Place } from "../../../board/regular";
import type { Fact, Picture } from "../../../wire.gen";
import type { Live } from "../live";

const MIDDLE: Place = [960, 540];
const LARGEST: Place = [960, 720]; // board pixels: a picture does not fill the board by itself
const PICTURE = /^image\//;

export class Pasted {
  /** Where the pictures on their way shall lie, by the titles they were given. */
  private readonly places = new Map<string, Place>();
  private readonly deaf: (() => void)[] = [];

  constructor(
    private readonly live: Live,
    private readonly hand: Hand,
    sheet: HTMLElement,
  ) {
    this.listen(window, "paste", (event) => this.take(event, event.clipboardData, MIDDLE));
    this.listen(sheet, "dragover", (event) => event.preventDefault());
    this.listen(sheet, "drop", (event) => this.take(event, event.dataTransfer, this.place(event)));
    this.deaf.push(live.store.onFact((fact) => this.heard(fact)));
  }

  close(): void {
    for (const undo of this.deaf) undo();
  }

  /** Bring a picture; while another is on its way nothing happens. */
  bring(file: File, at: Place = MIDDLE): void {
    if (this.live.uploads.busy) return;
    const title = `${new Date().toTimeString().slice(0, 8).replaceAll(":", "")} ${this.places.size}`;
    this.places.set(title, at);
    this.live.uploads.send(new File([file], `${title}.${file.type.split("/")[1] || "png"}`));
  }

  private take(event: Event, given: DataTransfer | null, at: Place): void {
    const file = [...(given?.files ?? [])].find(({ type }) => PICTURE.test(type));
    if (!file || !this.hand.allowed) return;
    event.preventDefault();
    this.bring(file, at);
  }

  private place({ clientX, clientY }: DragEvent): Place {
    return this.live.painter?.boardPoint(clientX, clientY) ?? MIDDLE;
  }

  private heard(fact: Fact): void {
    if (fact.t !== "handout.added") return;
    const [at, [sheet]] = [this.places.get(fact.title), fact.sheets];
    this.places.delete(fact.title);
    if (at && sheet) this.hand.acts.put([pictureOf(sheet.name, sheet, at)]);
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

function pictureOf(sheet: string, size: { width: number; height: number }, at: Place): Picture {
  const scale = Math.min(1, LARGEST[0] / size.width, LARGEST[1] / size.height);
  const [width, height] = [size.width * scale, size.height * scale];
  const box = [at[0] - width / 2, at[1] - height / 2, width, height];
  const units = box.map((value) => Math.max(1, Math.round(value * UNIT)));
  return { t: "picture", box: units as Picture["box"], sheet };
}
