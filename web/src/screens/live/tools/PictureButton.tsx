// Picks a picture for the board; pasting and dropping one there does the same.
import { t } from "../../../i18n";
import type { Pasted } from "./pasted";
import { ToolIcon } from "./ToolIcon";

interface Props {
  pasted: Pasted;
  look: "opt" | "tool";
  size: number;
}

export function PictureButton({ pasted, look, size }: Props) {
  const { sent } = pasted;
  return (
    <label class={look} onClick={(event) => event.stopPropagation()}>
      <input
        class="said-only"
        type="file"
        accept="image/*"
        disabled={sent !== null}
        onChange={({ currentTarget }) => {
          if (currentTarget.files?.[0]) void pasted.bring(currentTarget.files[0]);
          currentTarget.value = ""; // the same picture may be brought again
        }}
      />
      <ToolIcon name="picture" size={size} />
      <span class="word">{sent === null ? t("words.picture") : `${sent} %`}</span>
    </label>
  );
}
