// One slot's picture, or a calm card with the name where there is none.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  track: MediaStreamTrack | null;
  shown: boolean;
  name: string;
  mirrored?: boolean;
  contain?: boolean;
  children?: ComponentChildren;
}

export function Picture({ track, shown, name, mirrored, contain, children }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = track ? new MediaStream([track]) : null;
    video.current.play().catch(() => undefined); // muted pictures may always play; a removed one stops
  }, [track]);
  const classes = [mirrored && "mirrored", contain && "contain"].filter(Boolean).join(" ");
  return (
    <figure class={`picture ${classes}`}>
      <video ref={video} muted playsInline autoplay hidden={!shown || !track} aria-label={name} />
      {(!shown || !track) && <span class="initial" aria-hidden="true">{[...name][0] ?? ""}</span>}
      {children}
    </figure>
  );
}
