// The lessons of a course in their order: moved up and down, taken out, and taken in from the library.
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Found as Shared } from "../library/library";

interface Props {
  lessons: string[];
  titles: Map<string, string>;
  shelf: Shared[];
  change: (lessons: string[]) => void;
}

export function Order({ lessons, titles, shelf, change }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ lesson: string; by: number } | null>(null);
  useLayoutEffect(() => {
    if (!moved.current || !list.current) return;
    const { lesson, by } = moved.current;
    moved.current = null;
    focusOn(list.current.children[lessons.indexOf(lesson)], by);
  }, [lessons]);
  function move(lesson: string, by: number) {
    moved.current = { lesson, by };
    const at = lessons.indexOf(lesson);
    const rest = lessons.filter((one) => one !== lesson);
    change([...rest.slice(0, at + by), lesson, ...rest.slice(at + by)]);
  }
  const titleOf = (lesson: string) => titles.get(lesson) ?? t("course.gone");
  const others = shelf.filter(({ resource }) => !lessons.includes(resource.lesson));
  return (
    <fieldset class="order">
      <legend>{t("course.order")}</legend>
      <ol ref={list}>
        {lessons.map((lesson, n) => (
          <li key={lesson} class="row">
            <strong class="digits">{n + 1}</strong>
            <span class="grow">{titleOf(lesson)}</span>
            <Move by={-1} at={n} of={lessons.length} title={titleOf(lesson)} move={() => move(lesson, -1)} />
            <Move by={1} at={n} of={lessons.length} title={titleOf(lesson)} move={() => move(lesson, 1)} />
            <button
              class="button quiet"
              type="button"
              aria-label={t("course.out", { title: titleOf(lesson) })}
              onClick={() => change(lessons.filter((one) => one !== lesson))}
            >
              <Icon name="x" size={20} />
            </button>
          </li>
        ))}
      </ol>
      {!lessons.length && !others.length && <p class="quiet-text">{t("course.pick.none")}</p>}
      {others.length > 0 && <p class="quiet-text">{t("course.pick")}</p>}
      <div class="row wrap">
        {others.map(({ resource: { lesson } }) => (
          <button key={lesson} class="button" type="button" onClick={() => change([...lessons, lesson])}>
            <Icon name="plus" size={20} />
            {titleOf(lesson)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Move(props: { by: 1 | -1; at: number; of: number; title: string; move: () => void }) {
  const { by, at, of, title, move } = props;
  const said = { title, n: at + 1 };
  return (
    <button
      class="button quiet"
      type="button"
      data-by={by}
      disabled={at + by < 0 || at + by >= of}
      aria-label={by < 0 ? t("course.up", said) : t("course.down", said)}
      onClick={move}
    >
      <Icon name={by < 0 ? "chevron-up" : "chevron-down"} size={20} />
    </button>
  );
}

/** Whoever moves one by the keyboard goes with it; at the end its other button takes over. */
function focusOn(line: Element | undefined, by: number) {
  const to = line?.querySelector<HTMLButtonElement>(`[data-by="${by}"]:enabled`);
  (to ?? line?.querySelector<HTMLButtonElement>("[data-by]:enabled"))?.focus();
}
