// A file on its way, in one line and a bar; or why it was not taken, and what to do.
import type { Upload, Uploads } from "../../../courseware/upload";
import { t, tOr } from "../../../i18n";
import { Icon } from "../../../style/Icon";

export function Progress({ uploads }: { uploads: Uploads }) {
  const now = uploads.now.value;
  if (!now) return null;
  return now.code ? <Refusal uploads={uploads} now={now} /> : <Way uploads={uploads} now={now} />;
}

interface Props {
  uploads: Uploads;
  now: Upload;
}

function Way({ uploads, now }: Props) {
  const sending = now.sent < 1;
  const words = sending
    ? t("courseware.sending", { n: Math.floor(now.sent * 100) })
    : now.of
      ? t("courseware.converting", { n: now.page, m: now.of })
      : t("courseware.opening");
  const share = sending ? now.sent : now.of ? now.page / now.of : undefined;
  return (
    <div class="way" role="status">
      <strong class="name">{now.title}</strong>
      <progress value={share} aria-label={words} />
      <span class="row">
        <span class="grow">{words}</span>
        {sending && (
          <button class="button quiet small-button" type="button" onClick={() => uploads.dismiss()}>
            {t("courseware.stop")}
          </button>
        )}
      </span>
    </div>
  );
}

function Refusal({ uploads, now }: Props) {
  return (
    <div class="band warning" role="alert">
      <Icon name="alert" />
      <span class="grow">
        <strong>{now.title}</strong>
        <br />
        {tOr(`courseware.error.${now.code}`, "refused.other", { why: now.message })}
      </span>
      <button
        class="button quiet only-icon"
        type="button"
        aria-label={t("common.close")}
        onClick={() => uploads.dismiss()}
      >
        <Icon name="x" />
      </button>
    </div>
  );
}
