// All the voices of this client, and one large button where the browser holds them back.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Live } from "./live";

export function Sound({ live }: { live: Live }) {
  const host = useRef<HTMLDivElement>(null);
  const held = useSignal(false);
  const tracks = live.peer.audio.value;
  useEffect(() => {
    const voices = tracks.map(voiceOf);
    host.current?.replaceChildren(...voices);
    void playAll(voices).then((all) => {
      held.value = !all;
    });
    return () => {
      for (const voice of voices) voice.srcObject = null;
    };
  }, [tracks]);
  const quiet = live.quiet.value;
  useEffect(() => {
    for (const voice of host.current?.children ?? []) (voice as HTMLAudioElement).muted = quiet;
  }, [tracks, quiet]);
  async function release() {
    const voices = [...(host.current?.children ?? [])] as HTMLAudioElement[];
    held.value = !(await playAll(voices));
  }
  return (
    <>
      <div ref={host} hidden />
      {held.value && (
        <div class="veil">
          <button class="button main hear" type="button" onClick={release} autofocus>
            <Icon name="volume" size={48} />
            {t("live.hear")}
          </button>
        </div>
      )}
    </>
  );
}

function voiceOf(track: MediaStreamTrack): HTMLAudioElement {
  const voice = document.createElement("audio");
  voice.autoplay = true;
  voice.srcObject = new MediaStream([track]);
  return voice;
}

/** Whether none was held back by the browser's rule that a person must have touched the page. */
async function playAll(voices: HTMLAudioElement[]): Promise<boolean> {
  const held = await Promise.all(
    voices.map((voice) =>
      voice.play().then(
        () => false,
        (error: unknown) => error instanceof DOMException && error.name === "NotAllowedError",
      ),
    ),
  );
  return !held.includes(true);
}
