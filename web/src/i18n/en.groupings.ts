// The words of groupings that are kept, in English.
import type { groupings as zh } from "./zh.groupings";

export const groupings: Record<keyof typeof zh, string> = {
  "grouping.take": "Group as before",
  "grouping.choose": "Choose…",
  "grouping.of": "{name} ({who})",
  "grouping.away": "Not here yet: {rooms}",
  "grouping.rest": "Rooms that are new today have a group each; change it as you like.",
  "grouping.keep": "Remember this grouping",
  "grouping.name": "A name for it",
  "grouping.example": "e.g. two schools together",
  "grouping.save": "Remember",
  "grouping.kept": "Remembered: {name}. Next lesson it is under “Group as before”.",
  "grouping.forget": "Forget this grouping",
  "grouping.forgotten": "Forgotten: {name}.",
  "grouping.error.bad-text": "A name has 1 to 40 characters.",
  "grouping.error.bad-groups": "This cannot be remembered: at most 5 rooms in a group, and each needs a name of its own.",
  "grouping.error.full": "At most 40 groupings are remembered. Forget one first.",
  "grouping.error.not-there": "This grouping is not there any more.",
  "grouping.error.offline": "The line is down; nothing was remembered.",
};
