import { env } from "@/env";
import { mac, sameBytes } from "@/server/platform/secrets";

const TAG_BYTES = 12;

/** Address of the 1 × 1 image that tells that a message was opened. */
export const openUrl = (publicId: string): string => `${env.RINGBACK_URL}/t/o/${publicId}.gif`;

/** Address that counts a click on the content's link number `index` (from 0) and leads on to it. */
export const clickUrl = (publicId: string, index: number): string =>
  `${env.RINGBACK_URL}/t/c/${publicId}/${index}`;

/** The same as short as it can be, for an SMS. */
export const shortUrl = (publicId: string, index: number): string =>
  `${env.RINGBACK_URL}/s/${publicId}${index === 0 ? "" : `/${index}`}`;

/** A short address of a test, which is no execution: its id leads to the targets that are kept with the test. */
export const testShortUrl = (testId: string, index: number): string =>
  shortUrl(Buffer.from(testId.replaceAll("-", ""), "hex").toString("base64url"), index);

/** The test of such an address; null for anything else. */
export function readTestId(id: string): string | null {
  const bytes = Buffer.from(id, "base64url");
  if (bytes.length !== 16 || bytes.toString("base64url") !== id) return null;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What a short address looks like, as long as those that are sent: for a preview. It leads nowhere. */
export const sampleShortUrl = (index: number): string => shortUrl("aB3dE6gH9jK2mN5pQ8", index);

/**
 * Address of the page that withdraws promotional consent, and of RFC 8058's one-click POST. Its token carries a tag of
 * its own: whoever sees a forwarded pixel or link cannot make it.
 */
export const unsubscribeUrl = (publicId: string): string =>
  `${env.RINGBACK_URL}/unsubscribe/${publicId}.${tag(publicId).toString("base64url")}`;

/** Address of the preference centre of a message's customer; its token is the same. */
export const preferencesUrl = (publicId: string): string =>
  `${env.RINGBACK_URL}/preferences/${publicId}.${tag(publicId).toString("base64url")}`;

/** Address at which a message's customer asks for a call; its token is signed for nothing else. */
export const callbackUrl = (publicId: string): string =>
  `${env.RINGBACK_URL}/ask/${publicId}.${askTag(publicId).toString("base64url")}`;

/** What stands for it in a test, which is no customer's. */
export const sampleCallbackUrl = (): string => `${env.RINGBACK_URL}/ask/test`;

/** The public id inside such a token, or null for anything that `callbackUrl` did not make. */
export const readCallbackToken = (token: string): string | null => opened(token, askTag);

/** The public id inside an unsubscribe token, or null for anything that `unsubscribeUrl` did not make. */
export const readUnsubscribeToken = (token: string): string | null => opened(token, tag);

function opened(token: string, tagOf: (publicId: string) => Buffer): string | null {
  const [publicId, given, ...rest] = token.split(".");
  if (!publicId || !given || rest.length > 0) return null;
  const bytes = Buffer.from(given, "base64url");
  // One spelling for one link: base64 ignores what is appended, and each spelling would be limited by itself.
  return sameBytes(tagOf(publicId), bytes) && bytes.toString("base64url") === given ? publicId : null;
}

/** The token whose two parts, the public id and its tag, follow each other in these bytes. */
export const unsubscribeTokenOf = (bytes: Buffer): string =>
  [bytes.subarray(0, -TAG_BYTES), bytes.subarray(-TAG_BYTES)]
    .map((part) => part.toString("base64url"))
    .join(".");

const askTag = (publicId: string) => mac("callback-token", publicId).subarray(0, TAG_BYTES);
const tag = (publicId: string) => mac("unsubscribe-token", publicId).subarray(0, TAG_BYTES);
