// What comes after class as the server tells of it, and its ink between JSON and the board's bytes.
import { type Key, t, tOr } from "../../i18n";
import type { Ink } from "../../wire.gen";
import { Failed, codeOf } from "../home/api";

/** As JSON has it: the ink is base64. */
export interface Stroke {
  colour: number;
  width: number;
  ink: string;
}

export type Kind = "typed" | "photo" | "inked";

export interface Homework {
  id: string;
  lesson: string;
  text: string;
  due: number;
  code: string;
  made_at: number;
  version: number;
}

export interface Handed {
  id: string;
  pupil: string;
  school: string;
  kind: Kind;
  handed_at: number;
  mark: string;
  remark: string;
  marked_at: number;
  returned_at: number;
}

export interface Work extends Handed {
  homework: string;
  text: string;
  ink: Stroke[];
  width: number;
  height: number;
  receipt: string;
  marks: Stroke[];
  version: number;
}

export interface Tasks {
  title: string;
  subject: string;
  own: string;
  tasks: { homework: Homework; works: Handed[] }[];
  pupils: string[];
}

export interface Slip {
  title: string;
  subject: string;
  teacher: string;
  text: string;
  due: number;
}

export interface Receipt {
  work: string;
  receipt: string;
}

export function inkOf({ colour, width, ink }: Stroke): Ink {
  const bytes = Uint8Array.from(atob(ink), (sign) => sign.charCodeAt(0));
  return { t: "ink", pen: { tool: "pen", colour, width }, ink: bytes };
}

export function strokeOf({ pen, ink }: Ink): Stroke {
  return { colour: pen.colour, width: pen.width, ink: btoa(String.fromCharCode(...ink)) };
}

/** What went wrong, in the reader's words. */
export function wordsOf(error: unknown): string {
  const code = codeOf(error);
  return tOr(`after.error.${code}`, code === "offline" ? "error.offline" : "error.unknown");
}

export function stateOf(work: Handed): string {
  const state = work.returned_at ? "back" : work.marked_at ? "marked" : "new";
  return t(`after.state.${state}` satisfies Key);
}

/** Send a photograph; ``sent`` hears how much of it has gone (0..1). */
export function sendPhoto(path: string, photo: Blob, sent: (part: number) => void): Promise<Receipt> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest(); // fetch() tells nobody how much has been sent
    request.open("POST", path);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => sent(loaded / (total || 1));
    request.onerror = () => fail(new Failed("offline", ""));
    request.onload = () => {
      const last = lastLine(request.responseText);
      if ("receipt" in last) done(last as Receipt);
      else fail(new Failed(last.code ?? "unknown", "", request.status));
    };
    request.send(photo);
  });
}

function lastLine(text: string): Partial<Receipt> & { code?: string } {
  try {
    return JSON.parse(text.trim().split("\n").at(-1) ?? "") as Receipt;
  } catch {
    return {};
  }
}
