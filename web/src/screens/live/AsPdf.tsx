// A button that saves a lesson's board as PDF; for those who may watch its recording.
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";

export function AsPdf({ lesson, short = false }: { lesson: string; short?: boolean }) {
  return (
    <a
      class={short ? "button quiet only-icon" : "button"}
      href={`/api/lessons/${lesson}/board.pdf`}
      title={t("board.pdf")}
      download
    >
      <Icon name="download" size={20} />
      <span class={short ? "said-only" : undefined}>{t("board.pdf")}</span>
    </a>
  );
}
