// What an admin must know before a lesson falls by a rule; nothing while none does.
import { useEffect, useState } from "preact/hooks";
import { t } from "../../i18n";
import { Icon } from "../../style/Icon";
import type { Plan } from "./Keeping";
import { get } from "./api";
import { day } from "./when";

export function Falls({ see }: { see: () => void }) {
  const [plan, setPlan] = useState<Plan | null>(null);
  useEffect(() => {
    // The admin of one school has no say in it, and is told nothing.
    get<Plan>("/api/keeping").then(setPlan, () => undefined);
  }, []);
  if (!plan?.falling.length) return null;
  return (
    <p class="band warning" role="status">
      <Icon name="trash" />
      <span class="grow">
        {t("keeping.soon", { n: plan.falling.length, day: day(plan.falling[0].falls_at) })}
      </span>
      <button class="button" type="button" onClick={see}>
        {t("keeping.see")}
      </button>
    </p>
  );
}
