// One slot's picture, or a calm card with the name where there is none.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

const STILL_MS = 4000; // no new frame for so long: the name is more use than a frozen face
const LOOK_MS = 1000;

interface Props {
  track: MediaStreamTrack | null;
  shown: boolean;
  name: string;
  mirrored?: boolean;
  contain?: boolean;
  first?: boolean;
  children?: ComponentChildren;
}

export function Picture({ track, shown, name, mirrored, contain, first, children }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = track ? new MediaStream([track]) : null;
    video.current.play().catch(() => undefined); // muted pictures may always play; a removed one stops
  }, [track]);
  const still = useStill(video, track);
  const hidden = !shown || !track || still;
  const classes = [mirrored && "mirrored", contain && "contain", first && "first"].filter(Boolean).join(" ");
  return (
    <figure class={`picture ${classes}`}>
      <span class="initial" aria-hidden="true">
        {[...name][0] ?? ""}
      </span>
      <video ref={video} muted playsInline autoplay hidden={hidden} aria-label={name} />
      {children}
    </figure>
  );
}

/** Whether a picture that should move has stopped: its sender or its line is gone. */
function useStill(
  video: { current: HTMLVideoElement | null },
  track: MediaStreamTrack | null,
): boolean {
  const [still, setStill] = useState(false);
  useEffect(() => {
    let seen = -1;
    let seenAt = performance.now();
    const timer = setInterval(() => {
      const frames = video.current?.getVideoPlaybackQuality?.().totalVideoFrames;
      if (frames === undefined) return; // a browser that cannot count them: believe the server
      if (frames !== seen) seenAt = performance.now();
      seen = frames;
      setStill(performance.now() - seenAt > STILL_MS);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [track]);
  return still;
}
