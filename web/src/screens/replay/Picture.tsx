// A recorded picture in its place; hidden while nothing of it was recorded.
import { useEffect, useRef } from "preact/hooks";
import type { Track } from "./track";

export function Picture({ track }: { track: Track }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.replaceChildren(track.element);
  }, [track]);
  return <div class="picture" ref={frame} hidden={!track.there.value} />;
}
