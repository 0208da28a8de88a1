import { z } from "zod";

/** The password of the seeded demo sign-ins; it opens nothing but a demo workspace. */
export const demoPassword = "ringback-demo";
/** Seeded demo people have addresses below this domain. */
export const demoDomain = "demo.ringback.test";

/** How long a link that sets a new password works. */
export const RESET_MINUTES = 30;

export const passwordRule = "At least 10 characters. A sentence you remember is better than a short riddle.";

// The ones that fill every leaked list, ten characters and longer; shorter ones fail by length.
const common = [
  "1234567890",
  "password123",
  "password1234",
  "qwertyuiop",
  "iloveyou123",
  "welcome123",
  "administrator",
];

/** A password that somebody chooses. */
export const newPassword = z
  .string()
  .min(10, "Use at least 10 characters.")
  .max(200, "Use at most 200 characters.")
  .refine((value) => new Set(value).size >= 4, "Use more than a few different characters.")
  .refine(
    (value) => !common.includes(value.toLowerCase()),
    "This password is on every list of guesses. Choose another.",
  );

export const personName = z.string().trim().min(1, "Enter a name.").max(120, "Use at most 120 characters.");
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .pipe(z.email("Enter an e-mail address, like asha@example.com."));

export const changePasswordInput = z.object({
  current: z.string().min(1, "Enter your password.").max(200),
  next: newPassword,
});
export const changeNameInput = z.object({ name: personName });
export const requestPasswordResetInput = z.object({
  identifier: z.string().trim().min(3, "Enter your e-mail address or phone number.").max(254),
});
export const oneTimeToken = z.string().regex(/^[\w-]{32}$/, "This link is incomplete.");
export const resetPasswordInput = z.object({ token: oneTimeToken, password: newPassword });

/**
 * The asked page, when it is a path of this product; otherwise the first page. Keeps a crafted link from leading
 * somebody who just signed in to another site.
 */
export function safeReturnPath(asked: string | null | undefined): string {
  // Browsers drop tabs and newlines and read a backslash as a slash: "/\evil.test" would leave.
  if (!asked?.startsWith("/") || /^\/[/\\]|[\\\p{Cc}]/u.test(asked)) return "/";
  const url = new URL(asked, "http://here.invalid");
  if (url.origin !== "http://here.invalid" || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The request header in which `proxy.ts` passes on the asked path; pages cannot see it otherwise. */
export const askedPathHeader = "x-ringback-path";

// Everything else needs a session. API doors guard themselves: they answer with an error, not with a page.
const publicPaths = [
  "/healthz",
  "/readyz",
  "/metrics",
  "/sign-in",
  "/forgot-password",
  "/reset-password",
  "/invitation",
  "/unsubscribe",
  "/preferences",
  "/ask",
  "/call",
  "/call-me",
  "/widget",
  "/widget.js",
  "/report",
  "/t",
  "/s",
  "/f",
  "/fonts",
  "/api",
];

/** True for the pages and doors that need no session. */
export const isPublicPath = (pathname: string): boolean =>
  publicPaths.some((path) => pathname === path || pathname.startsWith(`${path}/`));

// next-auth's codes on the way back from the organisation's sign-in; credentials answer with sentences of our own.
const failures: Record<string, string> = {
  AccessDenied:
    "Your organisation knows you, but no member of a workspace here has that verified e-mail address. Ask an administrator for an invitation.",
  Callback: "Signing in with your organisation did not finish. Try again.",
  OAuthSignin: "Your organisation's sign-in cannot be reached. Try again later, or use your password.",
  OAuthCallback: "Your organisation's sign-in was not completed. Try again, or use your password.",
};

/** What the sign-in page says about a failed way back; null when nothing failed. */
export const signInFailure = (code: string | null): string | null =>
  code === null ? null : (failures[code] ?? "Signing in did not work. Try again.");

/** Where tests of messages go; empty: nowhere. */
export const testAddresses = z.object({
  email: z.union([z.literal(""), z.email("This is not an e-mail address.")]),
  phone: z
    .string()
    .trim()
    .regex(/^(|\+[\d\s()-]{7,20})$/, "Begin with the country code, like +91 98200 12345."),
});
export type TestAddresses = z.infer<typeof testAddresses>;
