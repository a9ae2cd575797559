// The words of the login, in English.
import type { staff as zh } from "./zh.staff";

type LoginKey = Extract<keyof typeof zh, `login.${string}`>;

export const login: Record<LoginKey, string> = {
  "login.title": "Teacher / admin login",
  "login.name": "User name",
  "login.password": "Password",
  "login.enter": "Log in",
  "login.entering": "Logging in…",
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
