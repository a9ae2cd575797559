// The evaluation of a lesson that a server has, fetched by whoever opens it.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import type { Evaluate } from "../after/Evaluate";
import type { Player } from "./player";

export function Evaluation({ player }: { player: Player }) {
  const [View, setView] = useState<typeof Evaluate | null>(null);
  const { house } = player.source;
  useEffect(() => {
    void import("../after/Evaluate").then((found) => setView(() => found.Evaluate));
  }, []);
  if (player.live.value) return <p class="none quiet-text">{t("replay.evaluation.later")}</p>;
  return View && house !== null && <View player={player} lesson={house} />;
}
