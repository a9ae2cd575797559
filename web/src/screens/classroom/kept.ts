// Starts the keeper of a paired classroom; imported by what each room fetches after its board, and by the door.
import { go, path } from "../../router";

try {
  if (localStorage.getItem("synclass.paired")) {
    if (path.value === "/" && !location.search) go("/classroom");
    void import("./keeper");
  }
} catch {
  // storage is forbidden: this device remembers nothing
}
