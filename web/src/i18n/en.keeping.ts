// The words of what is kept, and for how long, in English.
import type { keeping as zh } from "./zh.keeping";

export const keeping: Record<keyof typeof zh, string> = {
  "hold.do": "Hold this lesson",
  "hold.held": "Held",
  "hold.reason": "Why is it held? Nobody can erase it then, and no rule lets it fall.",
  "hold.example": "e.g. letter of the education office, kept while the appeal runs",
  "hold.put": "Hold",
  "hold.why": "Held, nobody can erase it: {why}",
  "hold.by": " ({who}, {when})",
  "hold.lift": "Lift the hold",
  "hold.error.offline": "The line is down; nothing was done.",
  "hold.error.no-lesson": "This lesson is not there any more.",
  "hold.error.not-yours": "This is another school's lesson; you cannot hold it.",
  "hold.error.bad-text": "Please say why, in 200 characters at most.",
  "audit.lesson.hold": "held",
  "audit.lesson.lift": "lifted the hold on",
};
