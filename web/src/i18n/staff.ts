// The words of those who log in, for the screens that only they see; imported for its effect.
import { learn } from ".";
import { staff } from "./zh.staff";

learn(staff);
