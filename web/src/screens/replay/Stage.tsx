// The board as it was at this moment, and what the teacher's camera showed of documents or a screen.
import { useEffect, useRef } from "preact/hooks";
import { Painter } from "../../board/painter";
import type { Store } from "../../core/store";
import { Picture } from "./Picture";
import type { Player } from "./player";

export function Stage({ player }: { player: Player }) {
  const host = useRef<HTMLDivElement>(null);
  const content = player.ofTeacher("content");
  useEffect(() => {
    if (!host.current) return;
    const painter = new Painter(host.current, player.scene as unknown as Store);
    player.painter = painter;
    return () => {
      player.painter = null;
      painter.destroy();
    };
  }, [player]);
  return (
    <main class="stage" data-content={content?.there.value ? "" : undefined}>
      <div class="board" ref={host} />
      {content && <Picture track={content} />}
    </main>
  );
}
