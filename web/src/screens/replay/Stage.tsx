// The board as it was at this moment, and beside it the screen or document the teacher showed.
import { Sheet } from "../../board/Sheet";
import { Picture } from "./Picture";
import type { Player } from "./player";
import { asStore } from "./scene";

export function Stage({ player }: { player: Player }) {
  const content = player.ofTeacher("content");
  return (
    <main class="stage">
      <Sheet store={asStore(player.scene)} onReady={(painter) => (player.painter = painter)} />
      {content && <Picture track={content} />}
    </main>
  );
}
