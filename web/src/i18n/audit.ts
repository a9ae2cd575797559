// The words of the audit log, for the page that shows it; imported for its effect.
import { learn } from ".";
import { audit } from "./zh.audit";

learn(audit);
