// The field to look for words in the lesson, and the moments where they are: Enter goes there.
import { useEffect, useRef } from "preact/hooks";
import { type Key, t } from "../../i18n";
import { Icon, type IconName } from "../../style/Icon";
import { span } from "../home/when";
import type { Hit, Kind } from "./search";
import { MOST, type Searching } from "./searching";

const ICONS: Record<Kind, IconName> = {
  ...{ sheet: "book", board: "pen", chat: "message", question: "message", mark: "flag" },
  ...{ came: "log-in", hand: "hand", stage: "users" },
};

export function SearchField({ search }: { search: Searching }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const heard = (event: KeyboardEvent) => called(event) && focus(event, field.current);
    addEventListener("keydown", heard);
    return () => removeEventListener("keydown", heard);
  }, []);
  return (
    <label class="search">
      <Icon name="search" size={20} />
      <input
        ref={field}
        class="input"
        type="search"
        aria-controls={search.words.value ? "hits" : undefined}
        aria-activedescendant={search.hits.value.length ? `hit-${search.chosen.value}` : undefined}
        aria-label={t("replay.search")}
        placeholder={t("replay.search.key")}
        title={t("replay.search.what")}
        value={search.words.value}
        onInput={(event) => search.look(event.currentTarget.value)}
        onKeyDown={(event) => press(event, search)}
      />
    </label>
  );
}

export function Hits({ search, startsAt }: { search: Searching; startsAt: number }) {
  const hits = search.hits.value;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [search.chosen.value]);
  return (
    <section class="panel found">
      <p class="small quiet-text" role="status">
        {summary(hits.length)}
      </p>
      <ol class="hits" id="hits" role="listbox" aria-label={t("replay.search")} ref={list}>
        {hits.map((hit, i) => (
          <li
            key={i}
            id={`hit-${i}`}
            role="option"
            aria-selected={i === search.chosen.value}
            onClick={() => search.goTo(i)}
          >
            <Icon name={ICONS[hit.kind]} size={20} />
            <Words hit={hit} />
            <span class="digits small">{span(hit.at - startsAt)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Words({ hit }: { hit: Hit }) {
  const page = t("replay.page", { n: hit.page });
  const kind = t(`replay.found.${hit.kind}` satisfies Key);
  return (
    <div class="grow">
      <div class="small quiet-text">
        {[kind, hit.kind === "chat" ? hit.who : hit.kind !== "question" && page]
          .filter(Boolean)
          .join(" · ")}
      </div>
      {hit.parts.map((part, i) => (i % 2 ? <mark key={i}>{part}</mark> : part))}
    </div>
  );
}

function summary(count: number): string {
  if (!count) return t("replay.found.none");
  return t(count < MOST ? "replay.found.n" : "replay.found.many", { n: count });
}

/** "/" wherever nothing is being typed. */
function called({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean {
  const types = target instanceof HTMLElement && target.matches("input:not([type=range]), textarea");
  return key === "/" && !ctrlKey && !metaKey && !altKey && !types;
}

function focus(event: KeyboardEvent, field: HTMLInputElement | null): void {
  event.preventDefault();
  field?.select();
}

function press(event: KeyboardEvent & { currentTarget: HTMLInputElement }, search: Searching): void {
  if (event.isComposing) return; // Enter and arrows are the input method's
  switch (event.key) {
    case "ArrowDown":
    case "ArrowUp":
      search.choose(event.key === "ArrowDown" ? 1 : -1);
      break;
    case "Enter":
      search.goTo(search.chosen.value);
      break;
    case "Escape":
      search.look("");
      event.currentTarget.blur();
      break;
    default:
      return;
  }
  event.preventDefault();
}
