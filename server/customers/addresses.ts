import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { AppError } from "@/server/platform/errors";

/** A usable address in its one spelling, or why there is none, in words for the person who typed it. */
export type AddressResult = { ok: true; value: string } | { ok: false; reason: string };

const refuse = (reason: string): AddressResult => ({ ok: false, reason });

/** libphonenumber also accepts 1600 service numbers; a mobile that can be messaged begins with 6 to 9. */
const INDIAN_MOBILE = /^\+91[6-9]\d{9}$/;
/** The spellings of nearly all Indian lists, which need no library: +91, 0091, 91 or 0 before ten digits. */
const INDIAN_SPELLING = /^(?:\+91|0091|91|0)?([6-9]\d{9})$/;

/**
 * A phone number as E.164. Spaces, dashes, dots and brackets are left out; a number without a country code belongs to
 * `country`. Indian numbers must be mobiles.
 */
export function parsePhone(text: string, country = "IN"): AddressResult {
  const typed = text
    .trim()
    .replace(/^'/, "")
    .replace(/\u00a0/g, " ");
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(typed))
    return refuse(
      "A spreadsheet turned the phone number into scientific notation; its last digits are lost.",
    );
  const compact = typed.replace(/[\s().\-\u2010-\u2015]/g, "");
  const indian = country === "IN" ? INDIAN_SPELLING.exec(compact)?.[1] : undefined;
  if (indian) return { ok: true, value: `+91${indian}` };
  if (/[/,;|]|\bor\b/i.test(typed)) return refuse("There is more than one phone number in the cell.");
  if (!isSupportedCountry(country)) return refuse(`There is no country ${country}.`);
  const international = compact.startsWith("00") ? `+${compact.slice(2)}` : compact;
  const number = parsePhoneNumberFromString(international, country as CountryCode);
  if (!number) return refuse("The phone number is not a phone number.");
  if (number.countryCallingCode === "91")
    return INDIAN_MOBILE.test(number.number)
      ? { ok: true, value: number.number }
      : refuse("The phone number is not an Indian mobile number: ten digits that begin with 6, 7, 8 or 9.");
  return number.isValid()
    ? { ok: true, value: number.number }
    : refuse("The phone number does not exist in its country's numbering plan.");
}

const LONGEST_EMAIL = 254;
// Local part without spaces, quotes and brackets; a host of two or more labels; the last one letters (or punycode).
const EMAIL =
  /^[^\s@"<>()[\],;:\\]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/** An e-mail address in lower case. */
export function parseEmail(text: string): AddressResult {
  const email = text
    .trim()
    .replace(/^mailto:/i, "")
    .toLowerCase();
  if (email.split("@").length > 2) return refuse("The e-mail address has more than one @.");
  const [local = ""] = email.split("@");
  if (local.length > 64 || local.startsWith(".") || local.endsWith(".") || local.includes(".."))
    return refuse("The e-mail address is not an e-mail address.");
  if (email.length > LONGEST_EMAIL || !EMAIL.test(email))
    return refuse("The e-mail address is not an e-mail address.");
  return { ok: true, value: email };
}

/** The address, or null for a blank one. @throws AppError BAD_INPUT naming the field */
export function requireAddress(field: "phone" | "email", text: string | null | undefined): string | null {
  if (!text?.trim()) return null;
  const result = field === "phone" ? parsePhone(text) : parseEmail(text);
  if (!result.ok) throw new AppError("BAD_INPUT", result.reason, { field });
  return result.value;
}
