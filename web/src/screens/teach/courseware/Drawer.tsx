// The drawer with the courseware: bring a file, see what became of it, lay it on the board.
import { useSignal } from "@preact/signals";
import { t } from "../../../i18n";
import { Icon } from "../../../style/Icon";
import type { Live } from "../../live/live";
import { HandoutCard } from "./HandoutCard";
import { Search } from "./Search";
import { Progress } from "./Progress";
import "./courseware.css";

const ACCEPTED = ".pdf,.pptx,.docx,.odp,.odt,.png,.jpg,.jpeg,.webp,.gif,.svg";

export function CoursewareDrawer({ live }: { live: Live }) {
  const { handouts } = live.store.signals.handout.value;
  const over = live.store.signals.conduct.value.stage === "postclass";
  const found = useSignal<ReadonlySet<string> | null>(null);
  const dragging = useSignal(false);
  const listed = [...handouts].reverse();
  return (
    <section
      class={dragging.value ? "courseware dropping" : "courseware"}
      aria-label={t("courseware.title")}
      onDragOver={(event) => {
        event.preventDefault();
        dragging.value = !over;
      }}
      onDragLeave={() => (dragging.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        dragging.value = false;
        if (!over) bring(live, event.dataTransfer?.files);
      }}
    >
      <h2>{t("courseware.title")}</h2>
      {!over && <Bring live={live} />}
      <Progress uploads={live.uploads} />
      {listed.length > 0 && <Search live={live} found={found} />}
      {!listed.length && <p class="quiet-text">{t("courseware.none")}</p>}
      <ul>
        {listed.map(([number, handout], i) => (
          <HandoutCard
            key={number}
            live={live}
            number={number}
            handout={handout}
            latest={i === 0}
            found={found.value}
          />
        ))}
      </ul>
    </section>
  );
}

function Bring({ live }: { live: Live }) {
  return (
    <label class="bring">
      <input
        class="said-only"
        type="file"
        accept={ACCEPTED}
        disabled={live.uploads.busy}
        onChange={({ currentTarget }) => {
          bring(live, currentTarget.files);
          currentTarget.value = ""; // the same file may be brought again
        }}
      />
      <span class="button main">
        <Icon name="plus" size={20} />
        {t("courseware.bring")}
      </span>
      <span class="small quiet-text">{t("courseware.bring.how")}</span>
    </label>
  );
}

function bring(live: Live, files: FileList | null | undefined): void {
  const file = files?.[0];
  if (file) live.uploads.send(file);
}
