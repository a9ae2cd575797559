// The board in small at another moment: what the seek bar shows under the pointer.
import { useEffect, useRef } from "preact/hooks";
import { BOARD_HEIGHT, BOARD_WIDTH } from "../../board/outline";
import { coloursOf, paintPage } from "../../board/paper";
import { Scene } from "./scene";
import type { Player } from "./player";

const WIDTH = 192;
const APART_MS = 100; // between two boards while the pointer runs along the bar

export function Preview({ player, at }: { player: Player; at: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = useRef<Scene | null>(null);
  const paintedAt = useRef(-Infinity);
  useEffect(() => {
    const timer = setTimeout(() => {
      scene.current ??= new Scene(player.timeline);
      scene.current.goTo(player.timeline.countUntil(at), { leap: true });
      if (canvas.current) paint(canvas.current, scene.current);
      paintedAt.current = performance.now();
    }, paintedAt.current + APART_MS - performance.now());
    return () => clearTimeout(timer);
  }, [player, at]);
  return <canvas ref={canvas} width={2 * WIDTH} height={(2 * WIDTH * 9) / 16} />;
}

function paint(canvas: HTMLCanvasElement, { states }: Scene): void {
  const { current, papers } = states.pages;
  const page = states.board.pages.get(current);
  const ctx = canvas.getContext("2d");
  if (!page || !ctx) return;
  ctx.setTransform(canvas.width / BOARD_WIDTH, 0, 0, canvas.height / BOARD_HEIGHT, 0, 0);
  paintPage(ctx, page, papers.get(current), coloursOf(canvas));
}
