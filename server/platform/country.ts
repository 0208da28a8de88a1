import { parsePhoneNumberFromString } from "libphonenumber-js";

/** ISO 3166 country of a number in E.164; null where it names none. */
export function countryOfPhone(phone: string | null): string | null {
  if (phone === null) return null;
  // Nearly all numbers here, and they need no library.
  if (phone.startsWith("+91")) return "IN";
  return parsePhoneNumberFromString(phone)?.country ?? null;
}

/** The country of a locale: `en-IN` → IN. A locale without one counts as Indian, the first market. */
export const countryOfLocale = (locale: string): string => new Intl.Locale(locale).region ?? "IN";
