// The words of what comes after class, for its own pages; imported for its effect.
import { learn } from ".";
import { after } from "./zh.after";

learn(after);
