// Questions that are written into a packed lesson: kept in this browser, and carried off as a file.
import { signal } from "@preact/signals";
import type { Question } from "../wire.gen";

const FORMAT = { format: "synclass.questions", version: 1 };

export class Asking {
  readonly mine;

  constructor(private readonly lesson: string) {
    this.mine = signal<Question[]>(kept(this.key));
  }

  ask(at: number, who: string, text: string): void {
    const question = { key: newKey(), at, who: who.trim(), text: text.trim() };
    this.keep([...this.mine.value, question]);
  }

  takeBack(key: string): void {
    this.keep(this.mine.value.filter((question) => question.key !== key));
  }

  /** What `synclass import` reads: docs/lesson-format.md. */
  file(): Blob {
    const questions = this.mine.value.map(({ key, at, who, text }) => [key, at, who, text]);
    const text = JSON.stringify({ ...FORMAT, lesson: this.lesson, questions });
    return new Blob([text], { type: "application/json" });
  }

  private get key(): string {
    return `synclass.questions.${this.lesson}`;
  }

  private keep(questions: Question[]): void {
    this.mine.value = questions;
    try {
      localStorage.setItem(this.key, JSON.stringify(questions));
    } catch {
      return; // a browser may forbid it: then they last as long as the page
    }
  }
}

/** Random enough never to be made up twice. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function kept(key: string): Question[] {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]") as Question[];
  } catch {
    return [];
  }
}
