// A door check's grades in words: what was found of each part, for the room and for the wall.
import type { Grade } from "../../channels/doorcheck";
import { t } from "../../i18n";
import type { IconName } from "../../style/Icon";
import type { Finding } from "../../wire.gen";

export type Part = "camera" | "microphone" | "speaker" | "ports" | "line";

/** In the order of their grades. */
export const PARTS: readonly (readonly [Part, IconName])[] = [
  ["camera", "camera"],
  ["microphone", "mic"],
  ["speaker", "volume"],
  ["ports", "shield"],
  ["line", "wifi"],
];

export function wordsFor(part: Part, finding: Finding, grade: Grade): string {
  switch (part) {
    case "camera":
      return t(finding.camera ? "check.camera.well" : "check.camera.none");
    case "microphone":
      if (finding.level < 0) return t("check.microphone.none");
      return t(grade === "A" ? "check.microphone.well" : "check.microphone.quiet");
    case "speaker":
      if (finding.heard === null) return t("check.speaker.unasked");
      return t(finding.heard ? "check.speaker.well" : "check.speaker.none");
    case "ports":
      return t(`check.ports.${finding.way}`);
    case "line": {
      const { down, up, rtt } = finding;
      return t("check.line.figures", { down: megabits(down), up: megabits(up), rtt });
    }
  }
}

/** 1234 kbit/s is 1.2 Mbit/s; a thin line is told in kbit/s. */
function megabits(kbits: number): string {
  return kbits >= 1000 ? `${(kbits / 1000).toFixed(1)} Mbit/s` : `${kbits} kbit/s`;
}
