// What was written beside the lesson, up to the moment that is shown.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { span } from "../home/when";
import type { Player } from "./player";

export function Chat({ player }: { player: Player }) {
  const { messages } = player.scene.moment.value.states.chat;
  const { people } = player.timeline.last.attendance;
  const said = messages.filter((message) => message.text);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [said.length]);
  if (!said.length) return <p class="none quiet-text">{t("replay.chat.none")}</p>;
  return (
    <ol class="chat" ref={list}>
      {said.map(({ id, at, who, text }) => (
        <li key={id}>
          <div class="row small quiet-text">
            <span class="grow">{people.get(who)?.name ?? who}</span>
            <span class="digits">{span(at - player.startsAt.value)}</span>
          </div>
          <p>{text}</p>
        </li>
      ))}
    </ol>
  );
}
