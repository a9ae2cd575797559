// Finds a teacher of the region by name or school: one is chosen.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { get } from "../home/api";

export interface Colleague {
  account: string;
  shown: string;
  role: "teacher" | "co-teacher" | "patrol";
  school: string;
}

const TYPING_MS = 250;

interface Props {
  label: string;
  roles: readonly Colleague["role"][];
  choose: (one: Colleague) => void;
}

export function Colleagues({ label, roles, choose }: Props) {
  const [text, setText] = useState("");
  const [found, setFound] = useState<Colleague[] | null>(null);
  useEffect(() => {
    let current = true; // an answer to what was typed before shows nothing any more
    setFound(null);
    if (!text.trim()) return;
    const waited = setTimeout(() => {
      get<{ found: Colleague[] }>(`/api/colleagues?${new URLSearchParams({ text })}`).then(
        (told) => current && setFound(told.found.filter(({ role }) => roles.includes(role))),
        () => current && setFound([]),
      );
    }, TYPING_MS);
    return () => {
      current = false;
      clearTimeout(waited);
    };
  }, [text]);
  return (
    <div class="colleagues">
      <input
        class="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {found?.length === 0 && <p class="quiet-text">{t("studio.nobody")}</p>}
      <ul>
        {found?.map((one) => (
          <li key={one.account}>
            <button class="button" type="button" onClick={() => choose(one)}>
              {one.shown} <span class="quiet-text">{[one.school, t(`role.${one.role}`)].filter(Boolean).join(" · ")}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
