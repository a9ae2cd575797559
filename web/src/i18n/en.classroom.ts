// The words of a paired classroom's screen between lessons, in English.
import type { classroom as zh } from "./zh.classroom";

export const classroom: Record<keyof typeof zh | "door.pair", string> = {
  "door.pair": "Make this device a classroom's own",
  "classroom.title": "Classroom screen",
  "classroom.pair": "Make this screen a classroom's own",
  "classroom.pair.how": "Ask an admin to log in, open “Schools & timetable”, and type this code under “Devices”:",
  "classroom.pair.once": "Once is enough. From then on this screen enters each lesson by itself, before the bell.",
  "classroom.pair.show": "Show a pairing code",
  "classroom.pair.busy": "Too many screens want to be paired now. Try again in some minutes.",
  "classroom.next": "Next lesson",
  "classroom.now": "This lesson",
  "classroom.none": "No lesson in the next days.",
  "classroom.by-itself": "This screen will go in by itself. There is nothing to do.",
  "classroom.not-open": "The lesson is not open yet. This screen goes in as soon as it is.",
  "classroom.entering": "Entering the lesson…",
  "classroom.door": "Enter another lesson by its code",
  "classroom.offline": "The server cannot be reached, trying again…",
  "classroom.day.1": "Monday",
  "classroom.day.2": "Tuesday",
  "classroom.day.3": "Wednesday",
  "classroom.day.4": "Thursday",
  "classroom.day.5": "Friday",
  "classroom.day.6": "Saturday",
  "classroom.day.7": "Sunday",
};
