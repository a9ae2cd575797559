// A lesson out of one file: the same questions as to a server, answered by the members of a ZIP.
import { type Card, Failed } from "../screens/home/api";
import type { TrackFile } from "../screens/replay/files";
import type { Source } from "../screens/replay/source";
import { Asking } from "./asking";
import { linesOf } from "./columns";
import { type Member, members } from "./zip";

const VERSION = 1;

/** lesson.json, as docs/lesson-format.md has it. */
interface Contents {
  format: string;
  version: number;
  id: string;
  title: string;
  subject: string;
  teacher: string;
  wall: number;
  began_at: number;
  ended_at: number;
  tracks: TrackFile[];
}

/** Opens the file; throws Failed("no-lesson") where it is none, or of a later version. */
export async function opened(file: Blob, begins: number): Promise<Lesson> {
  const found = await members(file, begins);
  const lesson = new Lesson(file, found);
  await lesson.open();
  return lesson;
}

export class Lesson implements Source {
  readonly house = null;
  contents!: Contents;
  asking!: Asking;

  constructor(
    private file: Blob,
    private found: Map<string, Member>,
  ) {}

  async open(): Promise<void> {
    const text = new TextDecoder().decode(await this.bytes("lesson.json"));
    this.contents = JSON.parse(text) as Contents;
    const { format, version } = this.contents;
    if (format !== "synclass.lesson" || version !== VERSION) throw new Failed("no-lesson", text);
    this.asking = new Asking(this.contents.id);
  }

  /** Whether the voices and pictures that it speaks of are here, too. */
  get complete(): boolean {
    return this.contents.tracks.every(({ name }) => this.found.has(`media/${name}`));
  }

  /** Go on with the same lesson in another file; throws Failed where that is not one with all of it. */
  async replaceBy(other: Lesson): Promise<void> {
    if (other.contents.id !== this.contents.id) throw new Failed("no-lesson", "another lesson");
    if (!other.complete) throw new Failed("cut", "not all of the lesson");
    [this.file, this.found] = [other.file, other.found];
  }

  card(): Promise<Card> {
    const { id, title, subject, teacher, wall, began_at, ended_at } = this.contents;
    const bells = { made_at: wall, began_at: wall + began_at, ended_at: wall + ended_at };
    return Promise.resolve({ id, title, subject, teacher, by: teacher, code: "", present: 0, ...bells });
  }

  async log(after: number, take: Parameters<Source["log"]>[1]): Promise<void> {
    if (after > 0) return; // it has ended: there is no more than there was
    for (const name of this.found.keys()) {
      if (!name.startsWith("log/")) continue;
      take({ t: "facts", seq: 0, ms: 0, lines: await linesOf(await this.bytes(name)) });
    }
  }

  tracks(): Promise<TrackFile[]> {
    return Promise.resolve(this.complete ? this.contents.tracks : []);
  }

  async media(name: string, from: number, to: number): Promise<ArrayBuffer | null> {
    const member = this.found.get(`media/${name}`);
    if (!member) return null;
    const end = Math.min(member.to, member.from + to);
    return this.file.slice(member.from + from, end).arrayBuffer();
  }

  readonly pages = {
    fetch: async (file: string, before: Uint8Array[]): Promise<void> => {
      before.splice(0, before.length, await this.bytes(`pages/${file}`));
    },
  };

  private async bytes(name: string): Promise<Uint8Array> {
    const member = this.found.get(name);
    if (!member) throw new Failed("no-lesson", `${name} is missing`);
    return new Uint8Array(await this.file.slice(member.from, member.to).arrayBuffer());
  }
}
