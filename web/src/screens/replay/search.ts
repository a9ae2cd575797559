// Finds the moments of a lesson by words: what stood on pages and board, what was said, and names.
import type { Fact, NewMark } from "../../wire.gen";
import { excerpt, plain } from "./excerpt";
import type { Entry } from "./timeline";

/** Where the words are: on a page of courseware, on the board, in the chat; or what somebody did. */
export type Kind = "sheet" | "board" | "chat" | "question" | "mark" | "came" | "hand" | "stage";

/** A moment that can be found. */
export interface Moment {
  at: number;
  kind: Kind;
  /** The page in front, or the one that was written on. */
  page: number;
  /** Who said it or did it; "" for a page. */
  who: string;
  text: string;
}

export interface Hit extends Moment {
  /** The piece of its text around the words: found and other parts in turn, the first not found. */
  parts: string[];
}

const GLANCE = 3; // seconds: a page passed on the way to another was not taught

interface Line extends Moment {
  /** Its text as it is compared; made when it is first looked through. */
  plain: string | null;
  /** A page of courseware, whose words come later. */
  sheet: string;
  /** Of a message, or of a mark of its maker's: it can be taken away again. */
  number: number;
  /** Who marked it; they need not have been there. */
  name: string;
}

/** All that can be found in a log, and in the courseware it shows. Pure: it fetches nothing. */
export class Index {
  private readonly lines: Line[] = [];
  private readonly names = new Map<string, string>();
  private readonly sheets = new Map<number, string>();
  private readonly texts = new Map<string, string>();
  private page = 1;
  private taken = 0;

  /** Go on through a log that has grown. */
  take(entries: readonly Entry[]): void {
    for (; this.taken < entries.length; this.taken++) {
      const { fact, at } = entries[this.taken];
      this.note(fact, at);
    }
  }

  /** The words of a page of courseware have come. */
  learn(sheet: string, text: string): void {
    this.texts.set(sheet, text);
    for (const line of this.lines) if (line.sheet === sheet) line.plain = null;
  }

  /** The moments that have all these words, in order of time; at most so many. */
  find(words: string, most: number): Hit[] {
    const wanted = words.split(/\s+/).map(plain).filter(Boolean);
    if (!wanted.length) return [];
    const hits: Hit[] = [];
    for (const line of this.lines) {
      line.plain ??= plain(this.saidBy(line));
      if (hits.length < most && wanted.every((word) => line.plain?.includes(word))) {
        hits.push(this.hit(line, wanted));
      }
    }
    return hits.sort((a, b) => a.at - b.at);
  }

  private hit(line: Line, wanted: readonly string[]): Hit {
    const { at, kind, page, who, name } = line;
    const text = this.textOf(line);
    const by = name || (this.names.get(who) ?? who);
    return { at, kind, page, who: by, text, parts: excerpt(text, wanted) };
  }

  private textOf({ sheet, text, who, name }: Line): string {
    if (sheet) return this.texts.get(sheet) ?? "";
    if (name) return text || name;
    return text || (this.names.get(who) ?? who);
  }

  /** What somebody wrote is found by their name, too. */
  private saidBy(line: Line): string {
    const name = line.name || (line.kind === "chat" ? (this.names.get(line.who) ?? "") : "");
    return `${name}\n${this.textOf(line)}`;
  }

  private note(fact: Fact, at: number): void {
    switch (fact.t) {
      case "page.added":
        if (fact.paper.sheet) this.sheets.set(fact.page, fact.paper.sheet);
        return;
      case "page.turned":
        this.page = fact.page;
        return this.show(at, this.sheets.get(fact.page));
      case "chat.said":
        return this.add(at, "chat", { who: fact.who, text: fact.text, number: fact.message });
      case "question.asked": // after the bell, about a moment before it
        return this.add(fact.at, "question", { text: `${fact.who} ${fact.text}` });
      case "chat.removed":
        return this.forget("chat", fact.message);
      case "bookmark.added": // perhaps after the bell, about a moment before it
        return this.add(fact.at, "mark", { who: fact.who, text: fact.text, name: fact.name, number: fact.n });
      case "bookmark.changed":
        return this.rewrite(fact.who, fact.n, fact.text);
      case "bookmark.removed":
        return this.forget("mark", fact.n, fact.who);
      default:
        this.noteMarks(fact, at);
        this.noteNames(fact, at);
    }
  }

  private noteMarks(fact: Fact, at: number): void {
    if (fact.t === "marks.put" || fact.t === "layer.drawn") {
      const who = fact.t === "layer.drawn" ? fact.who : "";
      const text = fact.marks.map(wordsOf).filter(Boolean).join("\n");
      if (text) this.add(at, "board", { who, text, page: fact.page });
    } else if (fact.t === "marks.edited" && fact.edit.t === "rewrite") {
      this.add(at, "board", { text: fact.edit.text, page: fact.page });
    }
  }

  private noteNames(fact: Fact, at: number): void {
    if (fact.t === "lesson.joined") {
      const isNew = !this.names.has(fact.who.id);
      this.names.set(fact.who.id, fact.who.name);
      if (isNew) this.add(at, "came", { who: fact.who.id });
    } else if (fact.t === "hand.raised") this.add(at, "hand", { who: fact.who });
    else if (fact.t === "stage.entered") this.add(at, "stage", { who: fact.who });
  }

  private show(at: number, sheet: string | undefined): void {
    const before = this.lines[this.lines.length - 1];
    if (before?.sheet && at - before.at < GLANCE) this.lines.pop();
    if (sheet) this.add(at, "sheet", { sheet });
  }

  private forget(kind: Kind, number: number, who?: string): void {
    const at = this.lines.findIndex((line) => isOf(line, kind, number, who));
    if (at >= 0) this.lines.splice(at, 1);
  }

  private rewrite(who: string, number: number, text: string): void {
    const line = this.lines.find((line) => isOf(line, "mark", number, who));
    if (line) [line.text, line.plain] = [text, null];
  }

  private add(at: number, kind: Kind, its: Partial<Line>): void {
    const nothing = { page: this.page, who: "", text: "", sheet: "", number: 0, name: "" };
    this.lines.push({ at, kind, plain: null, ...nothing, ...its });
  }
}

const isOf = (line: Line, kind: Kind, number: number, who?: string) =>
  line.kind === kind && line.number === number && (who === undefined || line.who === who);

function wordsOf({ body }: NewMark): string {
  if (body.t === "text") return body.text;
  return body.t === "formula" ? body.latex : "";
}
