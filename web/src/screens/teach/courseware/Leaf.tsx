// A page of a handout in small: touched, it comes to the front of the board.
import { useEffect, useState } from "preact/hooks";
import { sheets } from "../../../courseware/sheets";
import { t } from "../../../i18n";
import type { Sheet } from "../../../wire.gen";
import type { Live } from "../../live/live";

export function Leaf({ live, sheet, n }: { live: Live; sheet: Sheet; n: number }) {
  const url = useUrl(sheet.name);
  const { papers, order, current } = live.store.signals.pages.value;
  const page = order.find((one) => papers.get(one)?.sheet === sheet.name);
  const over = live.store.signals.conduct.value.stage === "postclass";
  return (
    <li>
      <button
        class="leaf"
        type="button"
        disabled={over}
        aria-current={page !== undefined && page === current ? "page" : undefined}
        aria-label={t("courseware.page", { n })}
        onClick={() => show(live, sheet, page)}
      >
        <img
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          width={96}
          height={Math.round((96 * sheet.height) / sheet.width)}
        />
        <span class="small">{n}</span>
      </button>
    </li>
  );
}

function show(live: Live, { name }: Sheet, page: number | undefined): void {
  if (page !== undefined) live.connection.ask({ t: "page.turn", page });
  else live.connection.ask({ t: "page.add", papers: [{ background: "blank", sheet: name }] });
}

/** The address of a page once it is in this browser; nobody's line is hurried for a thumbnail. */
function useUrl(name: string): string | undefined {
  const [url, setUrl] = useState<string>();
  const { value: arrivals } = sheets.arrivals;
  useEffect(() => {
    if (url) return;
    let gone = false;
    void sheets.vault.get(name).then((blob) => blob && !gone && setUrl(URL.createObjectURL(blob)));
    return () => {
      gone = true;
    };
  }, [name, arrivals]);
  useEffect(() => () => url && URL.revokeObjectURL(url), [url]);
  return url;
}
