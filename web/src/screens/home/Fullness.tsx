// What an admin must know before a school's part of the shelf is full; nothing while there is room.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import { get } from "./api";
import { size, type Usages, usedOf } from "./quotas";

export function Fullness({ see }: { see: () => void }) {
  const [all, setAll] = useState<Usages | null>(null);
  useEffect(() => {
    get<Usages>("/api/quotas").then(setAll, () => undefined); // its page says what is wrong
  }, []);
  const tight = all?.schools.filter(({ level }) => level !== "enough") ?? [];
  const [one] = tight;
  if (!all || !one) return null;
  const how = { n: size(usedOf(one, "kept")), most: size(one.allowed.kept ?? 0) };
  return (
    <p class={tight.some(({ level }) => level === "full") ? "band danger" : "band warning"} role="alert">
      <Icon name="alert" />
      <span class="grow">
        {all.region
          ? t("quotas.notice.schools", { n: tight.length })
          : t(one.level === "full" ? "quotas.notice.full" : "quotas.notice.low", how)}
      </span>
      <button class="button" type="button" onClick={see}>
        {t("quotas.see")}
      </button>
    </p>
  );
}
