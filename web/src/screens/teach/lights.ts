// What a room's reports and the lesson's facts make of its three lights, and why, in words.
import { isLive } from "../../channels/tracks";
import { t } from "../../i18n";
import type { LinkReport } from "../../wire.gen";
import type { Live } from "../live/live";

/** "none" where there is nothing to hear or see: that is not the room's fault. */
export type Light = "good" | "bad" | "none";

export interface ThreeLights {
  sound: Light;
  picture: Light;
  board: Light;
  words: string;
  well: boolean;
}

const SILENT_MS = 6000; // six reports missed
const LOSSY = 8; // percent: speech begins to suffer (measured)
const SLOW = 800; // milliseconds there and back: talk becomes turn-taking
const LATE = 60; // facts: three seconds of writing

export function lightsOf(live: Live, who: string, now: number): ThreeLights {
  const { conduct, tracks, stage } = live.store.states;
  const heard = live.links.value.get(who);
  if (conduct.away.has(who)) return dark(t("teach.link.lost"));
  if (!heard || now - heard.at > SILENT_MS) return dark(t("teach.link.silent"));
  const teacher = stage.teachers[0] ?? "";
  const speaks = isLive(tracks, teacher, "voice");
  const shows = isLive(tracks, teacher, "camera") || isLive(tracks, teacher, "content");
  const { report } = heard;
  if (report.behind > 0) return catchingUp(report.behind);
  const sound = speaks ? lit(report.hears) : "none";
  const picture = shows ? lit(report.sees) : "none";
  const board = lit(live.store.seq - report.seq < LATE);
  const why = reason(report, sound, picture, board);
  return { sound, picture, board, words: why ?? t("teach.link.good"), well: why === null };
}

function reason(report: LinkReport, sound: Light, picture: Light, board: Light): string | null {
  const loss = report.loss >= LOSSY ? t("teach.link.loss", { n: report.loss }) : null;
  if (board === "bad") return t("teach.link.late");
  if (sound === "bad") return t(picture === "good" ? "teach.link.no-sound" : "teach.link.board-only");
  if (picture === "bad") return joined(t("teach.link.no-picture"), report.loss);
  if (loss) return loss;
  if (report.rtt > SLOW) return t("teach.link.slow", { n: (report.rtt / 1000).toFixed(1) });
  return null;
}

function joined(words: string, loss: number): string {
  return loss > 0 ? `${words} (${loss}%)` : words;
}

/** A room that watches what it missed hears and sees that; it is not in trouble. */
function catchingUp(seconds: number): ThreeLights {
  const words = t("teach.link.behind", { n: seconds });
  return { sound: "none", picture: "none", board: "good", words, well: true };
}

function lit(well: boolean): Light {
  return well ? "good" : "bad";
}

function dark(words: string): ThreeLights {
  return { sound: "bad", picture: "bad", board: "bad", words, well: false };
}
