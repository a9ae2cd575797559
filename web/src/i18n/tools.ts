// The words of what is written with, for those who have the tools; imported for its effect.
import { learn } from ".";
import { tools } from "./zh.tools";

learn(tools);
