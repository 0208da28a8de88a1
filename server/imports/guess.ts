import { parseEmail, parsePhone } from "@/server/customers";
import { attributeOf, type ImportField } from "./schemas";
import { parseDay } from "./values";

/** How the fields are called in files that people send, in English and Hindi; letters only, lower case. */
const names: Record<ImportField, string[]> = {
  external_id: [
    "externalid customerid custid custno customerno customernumber customercode clientid clientcode clientno",
    "memberid policyholderid crmid ref refno reference id uid grahaksankhya ग्राहकसंख्या",
  ],
  name: [
    "name fullname customername custname clientname contactname policyholder policyholdername insuredname membername",
    "naam nam नाम पूरानाम ग्राहककानाम",
  ],
  phone: [
    "phone phoneno phonenumber mobile mobileno mobilenumber mob mobno cell cellphone contact contactno contactnumber",
    "whatsapp whatsappno whatsappnumber tel telephone msisdn primaryphone फ़ोन फोन मोबाइल मोबाइलनंबर फोननंबर दूरभाष",
  ],
  email: ["email emailid emailaddress mail mailid primaryemail ईमेल ईमेलआईडी"],
  language: ["language lang preferredlanguage bhasha भाषा"],
  tier: ["tier segment grade customertier loyaltytier category shreni श्रेणी"],
  city: ["city town location shahar sheher nagar शहर नगर"],
  birth_date: ["birthdate dateofbirth dob birthday bday janmtithi janmdin जन्मतिथि जन्मदिन"],
};
const serials = new Set("sno slno srno serialno serial sr sl no क्रमांक क्रमसंख्या".split(" "));

const fieldOf = new Map(
  Object.entries(names).flatMap(([field, lists]) =>
    lists.flatMap((list) => list.split(" ").map((name) => [name, field as ImportField] as const)),
  ),
);

const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{M}]/gu, "");

const looks: Partial<Record<ImportField, (value: string) => boolean>> = {
  phone: (value) => parsePhone(value).ok,
  email: (value) => parseEmail(value).ok,
  birth_date: (value) => parseDay(value) !== null,
  tier: (value) => /^(platinum|gold|silver|bronze)$/i.test(value),
};

/** The share of the column's values that look like the field; 1 where any text will do. */
function agreement(field: ImportField, values: string[]): number {
  const check = looks[field];
  // One value proves nothing against a name.
  if (!check || values.length < 2) return 1;
  return values.filter((value) => check(value.trim())).length / values.length;
}

/**
 * Which column holds what, by its name, and by its values where the name says nothing. A name is not believed against
 * the values (`contact` that holds "cellular" is no phone). Unknown columns become attributes; serial numbers are left out.
 */
export function guessMapping(headers: string[], sample: string[][]): Record<string, string> {
  const mapping: Record<string, string> = {};
  const taken = new Set<string>();
  const give = (header: string, target: string) => {
    mapping[header] = target;
    taken.add(target);
  };
  const columns = headers.map((header, at) => ({
    header,
    at,
    values: sample.map((row) => row[at] ?? "").filter((value) => value.trim() !== ""),
  }));
  for (const { header, values } of columns) {
    const field = fieldOf.get(plain(header));
    if (field && !taken.has(field) && agreement(field, values) >= 0.3) give(header, field);
  }
  for (const { header, values } of columns) {
    if (mapping[header] || values.length < 2) continue;
    const field = (["email", "phone"] as const).find(
      (name) => !taken.has(name) && agreement(name, values) >= 0.6,
    );
    if (field) give(header, field);
  }
  for (const { header, at } of columns) {
    if (mapping[header] || serials.has(plain(header))) continue;
    const target = attributeOf(header, at);
    if (!taken.has(target)) give(header, target);
  }
  return mapping;
}
