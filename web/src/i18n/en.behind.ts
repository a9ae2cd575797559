// The words of a classroom that watches what it missed, in English.
import type { behind as zh } from "./zh.behind";

export const behind: Record<keyof typeof zh, string> = {
  "behind.missed": "The line was lost: you missed {time}",
  "behind.away": "You were away for a while and missed {time}",
  "behind.late": "The lesson began {time} ago",
  "behind.watch": "Watch what was missed",
  "behind.how": "At 1.25 times the speed, without the silence, until it is live again",
  "behind.stay": "Stay live",
  "behind.now": "Live now",
  "behind.is": "What was missed · {time} behind",
  "behind.opening": "Getting ready…",
  "behind.again": "Replay · {n} s left",
  "behind.waits": "On its way · {time} behind",
  "behind.none": "This was not recorded. The lesson goes on live.",
  "behind.board.now": "The board now",
  "behind.board.then": "The board then",
  "behind.seconds": "{n} seconds",
  "behind.minutes": "{n} minutes",
};
