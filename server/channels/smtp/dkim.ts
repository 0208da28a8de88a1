import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import DKIM from "nodemailer/lib/dkim";

/** A key that mails of one domain are signed with (RFC 6376), as its account keeps it; the private half is kept apart. */
export type DkimKey = {
  domain: string;
  selector: string;
  /** SPKI in base 64, as the DNS record carries it. */
  publicKey: string;
  /** When its record was seen in the DNS; null: nothing is signed yet. */
  seenAt: string | null;
};

export type Signer = { domain: string; selector: string; privateKey: string };

const BITS = 2_048;

/** A new key pair, with a selector that no earlier key of the domain had: both records may stand while mails are under way. */
export function makeDkimKeyPair(domain: string): { key: DkimKey; privateKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: BITS,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const selector = `ringback-${randomBytes(4).toString("hex")}`;
  return { key: { domain, selector, publicKey: publicKey.toString("base64"), seenAt: null }, privateKey };
}

/** The TXT record that its domain needs. */
export const dkimRecord = ({ domain, selector, publicKey }: DkimKey) => ({
  name: `${selector}._domainkey.${domain}`,
  value: `v=DKIM1; k=rsa; p=${publicKey}`,
});

/** Whether a TXT record holds this key. Resolvers give long records in pieces; publishers add blanks and other tags. */
export function isRecordOf(record: string, { publicKey }: DkimKey): boolean {
  const found = /(?:^|;)\s*p\s*=\s*([^;]*)/.exec(record)?.[1]?.replace(/\s+/g, "");
  if (!found) return false;
  try {
    const theirs = createPublicKey({ key: Buffer.from(found, "base64"), type: "spki", format: "der" });
    return theirs.export({ type: "spki", format: "der" }).toString("base64") === publicKey;
  } catch {
    return false;
  }
}

/** RFC 8058 asks for both List-Unsubscribe headers to be signed; the library's own list leaves one out. */
const SIGNED = [
  ...["from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"],
  ...["list-unsubscribe", "list-unsubscribe-post", "x-ringback-id"],
].join(":");

/** The mail with its signature before it. */
export async function signMail(mail: Buffer, { domain, selector, privateKey }: Signer): Promise<Buffer> {
  const signing = new DKIM({
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: SIGNED,
  });
  const parts: Buffer[] = [];
  for await (const part of signing.sign(mail)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}
