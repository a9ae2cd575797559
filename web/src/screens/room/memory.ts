// How far a classroom has heard a lesson, kept on this device: a page that is closed goes on from there.
import type { Gap } from "./missed";

const PREFIX = "synclass.heard.";
const WORTH = 5; // seconds: for less nobody goes back
const LATE = 30; // seconds after the bell from which a room has come late
const FRESH = 10; // seconds here: who has been here longer has heard it all

/** Lesson seconds, by whichever ticket the same classroom came in. */
export function keepHeard(lesson: string, name: string, until: number): void {
  try {
    localStorage.setItem(PREFIX + lesson, JSON.stringify([name, Math.round(until * 10) / 10]));
  } catch {
    // the browser forbids storage: then a page that is closed forgets
  }
}

/** Null where this classroom has heard nothing of it here. */
export function heardUntil(lesson: string, name: string): number | null {
  try {
    const [who, until] = JSON.parse(localStorage.getItem(PREFIX + lesson) ?? "[]");
    return who === name && typeof until === "number" ? until : null;
  } catch {
    return null;
  }
}

/** When somebody comes into a lesson: what of it have they missed? All in lesson seconds. */
export function missedBefore(
  heard: number | null,
  began: number,
  here: { seconds: number; since: number | null },
  now: number,
): Gap | null {
  if (heard !== null) {
    const from = Math.max(began, heard);
    return now - from >= WORTH ? { from, to: now, why: "away" } : null;
  }
  const isNew = here.seconds === 0 && here.since !== null && now - here.since < FRESH;
  return isNew && now - began > LATE ? { from: began, to: now, why: "late" } : null;
}
