// The beginning of a packed lesson's page: finds the viewer in the page's own bytes and starts it.
import { inflate } from "../media/deflate";
import { kept } from "./kept";
import { inside, packed } from "./page";

async function start(): Promise<void> {
  const said = packed();
  const bytes = await inside(said);
  kept({ file: new Blob([bytes.subarray(said.viewer)]), begins: said.begins });
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await inflate(bytes.subarray(0, said.viewer));
  document.head.append(script);
}

// Without the viewer nobody knows which language is read: the page has the words in both.
start().catch(() => {
  document.getElementById("opening")?.remove();
  document.getElementById("broken")?.removeAttribute("hidden");
});
