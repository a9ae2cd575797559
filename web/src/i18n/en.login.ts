// The words of the login, in English.
import type { staff as zh } from "./zh.staff";

type LoginKey = Extract<keyof typeof zh, `login.${string}` | `audit.login.${string}` | "audit.account.link" | "audit.account.unlink">;

export const login: Record<LoginKey, string> = {
  "login.title": "Teacher / admin login",
  "login.name": "User name",
  "login.password": "Password",
  "login.enter": "Log in",
  "login.entering": "Logging in…",
  "login.other": "Log in with {name}",
  "login.error.not-linked": "You are not linked to an account here yet. Log in with your password and press your own name, top right, to link it; or tell the administrator this number: {subject}",
  "login.error.bad-attempt": "This login took too long, or was begun in another browser. Please try again.",
  "login.error.bad-identity": "What the other login says of you is not to be trusted, so you were not let in. Try again; if it stays so, tell the administrator.",
  "login.error.bad-provider": "The other login is not set up right. Please tell the administrator.",
  "login.error.provider": "The other login cannot be reached now. Try again later, or use your password.",
  "login.error.not-there": "The other login did not let you in.",
  "audit.login.oidc": "logged in by the other login",
  "audit.login.unlinked": "somebody without a linked account came by the other login",
  "audit.account.link": "linked the other login",
  "audit.account.unlink": "unlinked the other login",
  "login.door": "We are a classroom with a lesson code",
  "login.new.title": "Choose a password of your own",
  "login.new.why": "The one you came with was given to you. Choose one that only you know: 8 characters or more, a short sentence is good.",
  "login.new.old": "Password you were given",
  "login.new.new": "New password",
  "login.new.again": "New password, once more",
  "login.new.save": "Save and go on",
  "login.new.error.differ": "The two new passwords are not the same.",
  "login.new.error.weak-password": "Too short: 8 characters or more.",
  "login.new.error.same-password": "That is the one you were given. Choose another.",
  "login.new.error.wrong-password": "The password you were given is not right.",
  "login.new.error.slow-down": "Too many tries. Wait a minute, then try again.",
  "login.error.wrong-password": "The user name or the password is wrong. Please try again.",
  "login.error.slow-down": "Too many tries. Wait a minute, then log in again.",
  "login.error.empty": "Fill in the user name and the password.",
};
