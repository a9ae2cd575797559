// The words of a plan that several write, for its page; imported for its effect.
import { learn } from ".";
import { plan } from "./zh.plan";

learn(plan);
