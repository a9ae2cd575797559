// What a classroom writes with: fetched once its board is to be seen, for many never write.
import "../../i18n/tools";
export { Hand } from "../../board/hand";
export { Pasted } from "../live/tools/pasted";
export { Tools } from "./Tools";
