// The words of one's own week and of calendars, in English: see en.ts.
import type { timetable as zh } from "./zh.timetable";

export const timetable: Record<keyof typeof zh, string> = {
  "timetable.title": "My timetable",
  "timetable.none": "You have no lessons in the timetable yet. Ask the school's administrator to plan them, and to enter your account in the list of people.",
  "timetable.listen": "Listening: {rooms}",
  "timetable.off": "cancelled on {day}",
  "calendar.title": "Subscribe in a calendar",
  "calendar.how": "Put the timetable into the calendar of a telephone or computer: get an address of your own and enter it under “add subscription”. Changed and cancelled lessons follow by themselves. Whoever knows the address sees the timetable without logging in: do not pass it on, and take it back when it is no longer used.",
  "calendar.whose": "Whose timetable",
  "calendar.teacher": "Teacher: {name}",
  "calendar.classroom": "Classroom: {name}",
  "calendar.school": "School: {name}",
  "calendar.make": "Get the address",
  "calendar.once": "The address is shown only this once. Copy it now, or add it right away:",
  "calendar.open": "Add to the calendar",
  "calendar.copy": "Copy the address",
  "calendar.copied": "Copied",
  "calendar.held": "Subscriptions",
  "calendar.made": "Made",
  "calendar.used": "Last read",
  "calendar.never": "not yet",
  "calendar.gone": "(gone)",
  "calendar.revoke": "Take back",
  "calendar.error.not-there": "The timetable has no such teacher, classroom or school.",
  "calendar.error.no-calendar": "This subscription was taken back already.",
  "calendar.error.too-many": "These are too many subscriptions: take back those not in use.",
};
