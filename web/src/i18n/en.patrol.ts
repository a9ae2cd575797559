// The words of the patrol's wall, in English.
import type { patrol as zh } from "./zh.patrol";

export const patrol: Record<keyof typeof zh, string> = {
  "patrol.title": "Patrol's wall",
  "patrol.sum": "{lessons} lessons running · {rooms} classrooms",
  "patrol.sum.bad": "{n} with a bad line",
  "patrol.unseen": "No classroom sees you; each visit is logged",
  "patrol.none": "No lesson is running now.",
  "patrol.not-yours": "This page is for patrols and admins.",
  "patrol.calls": "{n} rooms call for help",
  "patrol.no-teacher": "The teacher is not here",
  "patrol.quiet": "Nobody speaks",
  "patrol.speaks": "Speaking: {who}",
  "patrol.no-rooms": "No classroom yet",
  "patrol.enter": "Look in unseen",
  "patrol.page": "Page {n} of {m}",
  "patrol.pupils": "{n} pupils",
  "patrol.on-stage": "on stage",
  "patrol.silent": "no turn for {n} min",
  "patrol.line.good": "line good",
  "patrol.line.weak": "line weak",
  "patrol.line.lost": "line lost",
  "patrol.line.unknown": "no word",
  "patrol.remark": "A remark for this moment",
  "patrol.pin": "Pin",
  "patrol.remarked": "Pinned to {when}; no classroom sees it",
};
