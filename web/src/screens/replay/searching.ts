// What is being looked for in a replay, and where it was found.
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Player } from "./player";
import { Index } from "./search";

export const MOST = 200; // hits: more is not looked through, but asked for with another word

export class Searching {
  readonly words = signal("");
  /** The hit that Enter goes to. */
  readonly chosen = signal(0);
  readonly hits = computed(() => {
    void this.learnt.value;
    void this.player.endsAt.value; // a lesson that still runs has grown
    this.index.take(this.player.timeline.entries);
    return this.index.find(this.words.value, MOST);
  });
  private readonly index = new Index();
  private readonly learnt = signal(0);
  private readonly asked = new Set<string>();
  private readonly undo: () => void;

  /** `wordsOf` tells what stands on each page of a handout, by the name of its list. */
  constructor(
    private readonly player: Player,
    private readonly wordsOf: (name: string) => Promise<string[]>,
  ) {
    this.undo = effect(() => {
      if (this.words.value && this.player.endsAt.value) untracked(() => this.fetch());
    });
  }

  close(): void {
    this.undo();
  }

  look(words: string): void {
    this.words.value = words;
    this.chosen.value = 0;
  }

  choose(step: 1 | -1): void {
    const last = this.hits.value.length - 1;
    this.chosen.value = Math.max(0, Math.min(last, this.chosen.value + step));
  }

  goTo(place: number): void {
    const hit = this.hits.value[place];
    if (!hit) return;
    this.chosen.value = place;
    this.player.seek(hit.at);
  }

  /** The words of courseware are fetched when somebody looks for any. */
  private fetch(): void {
    for (const { fact } of this.player.timeline.entries) {
      if (fact.t !== "handout.added" || !fact.words || this.asked.has(fact.words)) continue;
      this.asked.add(fact.words);
      const names = fact.sheets.map((sheet) => sheet.name);
      void this.wordsOf(fact.words).then(
        (texts) => this.learn(names, texts),
        () => this.asked.delete(fact.words), // asked again at the next word
      );
    }
  }

  private learn(names: readonly string[], texts: readonly string[]): void {
    names.forEach((name, i) => this.index.learn(name, texts[i] ?? ""));
    this.learnt.value++;
  }
}
