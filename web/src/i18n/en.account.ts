// The words of one's own account, in English.
import type { account as zh } from "./zh.account";

export const account: Record<keyof typeof zh, string> = {
  "account.title": "My account",
  "account.other.how": "Once linked, “Log in with {name}” on the login page lets you in, without the password you have here.",
  "account.link": "Link {name}",
  "account.linked": "It is linked. Next time you can log in with it.",
  "account.is": "Linked: {subject}",
  "account.since": "since {when}",
  "account.since.unknown": "since when was not noted",
  "account.unlink": "Unlink",
  "account.unlink.sure": "Then {name} opens this account no more, only the password here does. If you have none or forgot it, first have the administrator give you one.",
  "account.unlink.yes": "Unlink it",
  "account.unlink.no": "Keep it",
  "account.unlinked": "It is unlinked. Next time log in with your password.",
  "account.none": "There is no login of a school or district set up here: your password is all you need.",
  "account.error.taken": "That is linked to another account already, so it was not linked to yours. If that account is not yours, tell the administrator.",
  "people.login": "Other login",
  "people.login.see": "Look",
  "people.login.see.of": "The other login of {name}",
  "people.login.of": "The other login of {name}",
  "people.login.none": "Not linked yet.",
  "people.login.number": "The number they have there",
  "people.login.link": "Link",
  "people.login.linked": "Linked.",
  "people.login.unlinked": "Unlinked.",
};
