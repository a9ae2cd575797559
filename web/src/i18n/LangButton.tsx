// The button that changes the language of the words.
import { Icon } from "../style/Icon";
import { lang, setLang } from ".";

export function LangButton() {
  const other = lang.value === "zh" ? "en" : "zh";
  const word = other === "zh" ? "中文" : "English";
  return (
    <button class="button quiet" type="button" lang={other} onClick={() => void setLang(other)}>
      <Icon name="language" size={20} />
      {word}
    </button>
  );
}
