import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** What a person signs in with. */
export type Identifier = { kind: "email"; value: string } | { kind: "phone"; value: string };

const EMAIL = /^[^\s@"<>]+@[^\s@"<>]+\.[^\s@"<>]+$/;

/** An e-mail address in lower case, or a phone number as E.164 (Indian when no country is given); null for neither. */
export function parseIdentifier(typed: string): Identifier | null {
  const text = typed.trim();
  if (text.includes("@"))
    return EMAIL.test(text) && text.length <= 254 ? { kind: "email", value: text.toLowerCase() } : null;
  const phone = parsePhoneNumberFromString(text, "IN");
  return phone?.isPossible() ? { kind: "phone", value: phone.number } : null;
}
