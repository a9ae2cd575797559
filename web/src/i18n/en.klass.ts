// The words of what a class of pupils does, in English.
import type { klass as zh } from "./zh.klass";

export const klass: Record<keyof typeof zh, string> = {
  // Roll-call in the room
  "aide.whose": "For which room",
  "aide.no-room": "No room of your school is in the lesson yet",
  "roll": "Roll-call",
  "roll.names": "Names of the pupils, one a line",
  "roll.names.example": "Li Xiaoming\nWang Fang\n…",
  "roll.count": "Or how many, without names",
  "roll.columns": "Seats in a row",
  "roll.begin": "Call the roll",
  "roll.front": "Front",
  "roll.how": "Touch the seat of whoever is not here",
  "roll.here": "{n} of {m} here",
  "roll.absent": "{n} absent",
  "roll.absent.short": "absent",
  "roll.done": "Roll-call done",
  "roll.done.at": "Roll called",
  "roll.again": "Change the list",
  "roll.number": "No. {n}",
  "roll.seat": "{who}: {is}",
  "roll.is-here": "here",
  "roll.is-absent": "absent",
  "roll.private": "Only the teacher and this room see the names",

  // Roll-call and picking at the teacher's
  "roll.room": "{n}/{m} here",
  "roll.room.open": "{n}/{m} here, not all called",
  "roll.room.absent": "Absent: {names}",
  "pick": "Pick a pupil",
  "pick.room": "Pick one",
  "pick.is": "Picked",
  "pick.again": "Pick again",
  "pick.invite": "On stage",
  "pick.end": "Put away",
  "pick.silent": "Longest silent first",
  "pick.silent.for": "silent for {n} min",

  // Picked, in the rooms
  "pick.us": "{who}, please answer",
  "pick.us.room": "Our room, please answer",
  "pick.other": "{room}, please answer",

  // Refusals
  "refused.bad-roster": "A list has at most 80 pupils, a name 40 characters.",
  "refused.no-roster": "List the pupils of this room first.",
  "refused.no-pupil": "Nobody sits there.",
  "refused.nobody-here": "No pupil of this room is here.",
};
