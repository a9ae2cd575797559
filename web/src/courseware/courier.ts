// Brings the handouts of a lesson to this browser before the bell, and says how many pages are here.
import { effect, type Signal, signal, untracked } from "@preact/signals";
import { countOf } from "../channels/handout";
import type { Connection } from "../core/connection";
import { codeOf } from "../screens/home/api";
import type { Sheet } from "../wire.gen";
import { BEFORE, DURING, rest } from "./parts";
import { overHttp, sheets } from "./sheets";

const TELL_MS = 3000; // between two counts of a room: a teacher reads no faster
const SHORTEST_MS = 1000;
const LONGEST_MS = 20_000;
/** The server will not give us this one, however often we ask. */
const FINAL = ["no-page", "not-allowed", "not-yours", "other-lesson", "bad-ticket", "ticket-expired"];

export interface Progress {
  here: number;
  all: number;
}

export class Courier {
  /** Pages of all handouts that are in this browser. */
  readonly progress: Signal<Progress> = signal({ here: 0, all: 0 });
  private readonly texts = new Map<string, Promise<string[]>>();
  private readonly here: Signal<ReadonlySet<string>> = signal(new Set());
  private readonly lost = new Set<string>();
  private readonly undo: (() => void)[] = [];
  private told = 0;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private working = false;
  private closed = false;

  constructor(
    private readonly connection: Connection,
    lesson: string,
    ticket: string | null,
  ) {
    sheets.from(overHttp(lesson, ticket));
    this.undo.push(effect(() => this.look()));
    this.undo.push(effect(() => this.count()));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.telling);
    for (const undo of this.undo) undo();
  }

  /** What stands on each page of a handout, by the name of its list; fetched when it is asked for. */
  words(name: string): Promise<string[]> {
    const known = this.texts.get(name) ?? sheets.words(name).catch(() => []);
    this.texts.set(name, known);
    return known;
  }

  private get all(): Sheet[] {
    const { handouts } = this.connection.store.states.handout;
    return [...handouts.values()].flatMap((handout) => handout.sheets);
  }

  /** What the lesson hands out has changed, or a page has come: look what is missing. */
  private look(): void {
    void this.connection.store.signals.handout.value;
    void sheets.arrivals.value;
    const names = this.all.map(({ name }) => name);
    void sheets.vault.have(names).then((here) => {
      if (this.closed) return;
      this.here.value = here;
      untracked(() => void this.work());
    });
  }

  private count(): void {
    void this.connection.store.signals.handout.value;
    const here = this.here.value;
    const all = this.all;
    this.progress.value = { here: all.filter(({ name }) => here.has(name)).length, all: all.length };
    this.tell();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    let wait = SHORTEST_MS;
    for (let sheet = this.next; sheet && !this.closed; sheet = this.next) {
      try {
        await sheets.bring(sheet.name, () => this.manners);
        this.here.value = new Set(this.here.value).add(sheet.name);
        wait = SHORTEST_MS;
      } catch (error) {
        if (FINAL.includes(codeOf(error))) this.lost.add(sheet.name);
        else await rest(wait);
        wait = Math.min(LONGEST_MS, wait * 2);
      }
    }
    this.working = false;
  }

  /** The next page that is missing: the one in front, else in the order in which they are taught. */
  private get next(): Sheet | undefined {
    const missing = this.all.filter(({ name }) => !this.here.value.has(name) && !this.lost.has(name));
    const { papers, current } = this.connection.store.states.pages;
    const front = papers.get(current)?.sheet;
    return missing.find(({ name }) => name === front) ?? missing[0];
  }

  private get manners() {
    const { stage } = this.connection.store.states.conduct;
    return stage === "inclass" ? DURING : BEFORE;
  }

  /** A room tells the teacher: at once when a handout is complete, else now and then. */
  private tell(): void {
    clearTimeout(this.telling);
    const you = this.connection.store.you.value;
    if (you?.role !== "classroom" || this.connection.store.states.conduct.stage === "postclass") return;
    const state = this.connection.store.states.handout;
    for (const [number, { sheets: pages }] of state.handouts) {
      const here = pages.filter(({ name }) => this.here.value.has(name)).length;
      if (here === countOf(state, you.id, number)) continue;
      const due = this.told + TELL_MS - performance.now();
      if (here < pages.length && due > 0) {
        this.telling = setTimeout(() => this.tell(), due);
      } else {
        this.told = performance.now();
        this.connection.ask({ t: "handout.count", handout: number, sheets: here });
      }
    }
  }
}
