import { parseEmail, parsePhone } from "@/server/customers";
import { addDays } from "@/server/platform/days";
import { readAmount } from "./amounts";
import { looksMonthFirst, readDay } from "./dates";
import { readMode, readPolicyStatus } from "./policy-words";
import { attributeOf, type ImportField, type ImportOptions, importFields } from "./schemas";

/** How the fields are called in files that people send, in English and Hindi; letters only, lower case. */
const names: Record<ImportField, string> = {
  external_id:
    "externalid customerid custid custno customerno customernumber customercode clientid clientcode clientno memberid policyholderid crmid ref refno reference id uid grahaksankhya ग्राहकसंख्या",
  name: "name fullname customername custname clientname contactname policyholder policyholdername insuredname membername proposername holdername ownername lifeassured naam nam नाम पूरानाम ग्राहककानाम",
  phone:
    "phone phoneno phonenumber mobile mobileno mobilenumber mob mobno cell cellphone contact contactno contactnumber whatsapp whatsappno whatsappnumber tel telephone msisdn primaryphone registeredmobile registeredmobileno फ़ोन फोन मोबाइल मोबाइलनंबर फोननंबर दूरभाष",
  email: "email emailid emailaddress mail mailid primaryemail registeredemail ईमेल ईमेलआईडी",
  language: "language lang preferredlanguage bhasha भाषा",
  tier: "tier segment grade customertier loyaltytier category shreni श्रेणी",
  city: "city town location shahar sheher nagar शहर नगर",
  birth_date: "birthdate dateofbirth dob birthday bday janmtithi janmdin जन्मतिथि जन्मदिन",
  policy_number:
    "policynumber policyno policy policyid policynum polno polnumber contractno contractnumber certificateno certificatenumber पॉलिसीनंबर पॉलिसीसंख्या पॉलिसीक्रमांक",
  product_name: "product productname plan planname policyname scheme schemename productplan planterm planno",
  policy_type: "policytype producttype insurancetype lob lineofbusiness productcategory planfamily",
  policy_status: "policystatus status contractstatus polstatus currentstatus policystate",
  premium:
    "premium premiumamount premiumamt instalmentpremium installmentpremium modalpremium grosspremium totalpremium prem premamt premiumrs premiuminr premiumpayable प्रीमियम",
  sum_assured: "sumassured sa sumassuredamount suminsured sumassuredrs coverage coveramount idv बीमाधन",
  payment_mode:
    "mode paymentmode premiummode frequency paymentfrequency paymode premiumfrequency modeofpayment billingfrequency payfrequency",
  auto_debit:
    "autodebit autopay ecs nach ecsflag nachflag ecsnach autodebitflag mandate mandatestatus paymentmethod collectionmode modeofcollection billingmethod",
  start_date:
    "startdate doc dateofcommencement commencementdate riskcommencementdate rcd issuedate policystartdate inceptiondate policyissuedate policyissuancedate issuancedate dateofissue",
  grace_days: "gracedays graceperiod grace graceperioddays",
  due_date:
    "duedate nextduedate premiumduedate renewalduedate renewaldate nextpremiumduedate nextrenewaldate nextdue fup firstunpaidpremium ptd paidtodate expirydate policyexpirydate policyenddate expiry dueon देयतिथि",
  payment_status: "paymentstatus premiumpaymentstatus collectionstatus paidstatus paidunpaid receiptstatus",
  paid_on:
    "paidon lastpaiddate lastpaymentdate paiddate paymentdate lastpremiumpaiddate receiptdate collectiondate lastpaidon dateofpayment",
  amount_due:
    "amountdue dueamount totaldue outstanding outstandingamount premiumdue totalamountdue payableamount amountpayable",
};
const serials = new Set("sno slno srno serialno serial sr sl no क्रमांक क्रमसंख्या".split(" "));

const fieldOf = new Map(
  Object.entries(names).flatMap(([field, list]) =>
    list.split(" ").map((name) => [name, field as ImportField] as const),
  ),
);

const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{M}]/gu, "");

const anyDay = (value: string): boolean =>
  (["day_first", "month_first"] as const).some(
    (order) => readDay(value, { order, era: "any", today: "2026-01-01" }) !== null,
  );
const looks: Partial<Record<ImportField, (value: string) => boolean>> = {
  phone: (value) => parsePhone(value).ok,
  email: (value) => parseEmail(value).ok,
  birth_date: anyDay,
  tier: (value) => /^(platinum|gold|silver|bronze)$/i.test(value),
  policy_number: (value) => /\d/.test(value),
  policy_status: (value) => readPolicyStatus(value) !== null,
  premium: (value) => readAmount(value) !== null,
  sum_assured: (value) => readAmount(value) !== null,
  amount_due: (value) => readAmount(value) !== null,
  payment_mode: (value) => readMode(value) !== null,
  start_date: anyDay,
  due_date: anyDay,
  paid_on: anyDay,
};

/** The share of the column's values that look like the field; 1 where any text will do. */
function agreement(field: ImportField, values: string[]): number {
  const check = looks[field];
  // One value proves nothing against a name.
  if (!check || values.length < 2) return 1;
  return values.filter((value) => check(value.trim())).length / values.length;
}

type Column = { header: string; at: number; values: string[] };
const columnsOf = (headers: string[], rows: string[][]): Column[] =>
  headers.map((header, at) => ({
    header,
    at,
    values: rows.map((row) => row[at] ?? "").filter((value) => value.trim() !== ""),
  }));

/**
 * Which column holds what, by its name, and by its values where the name says nothing. A name is not believed against
 * the values (`contact` that holds "cellular" is no phone). Words like "status" mean the policy's only where the file numbers
 * policies. Unknown columns become attributes; serial numbers are left out.
 */
export function guessMapping(headers: string[], rows: string[][]): Record<string, string> {
  const mapping: Record<string, string> = {};
  const taken = new Set<string>();
  const give = (header: string, target: string) => {
    mapping[header] = target;
    taken.add(target);
  };
  const columns = columnsOf(headers, rows);
  const named = ({ header, values }: Column): ImportField | undefined => {
    const field = fieldOf.get(plain(header));
    return field && agreement(field, values) >= 0.3 ? field : undefined;
  };
  const policies = columns.some((column) => named(column) === "policy_number");
  for (const column of columns) {
    const field = named(column);
    const fits = field && (policies || importFields[field].group === "customer");
    if (fits && !taken.has(field)) give(column.header, field);
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

/** Whether the columns that hold days write the month first. */
export function guessDateOrder(
  mapping: Record<string, string>,
  headers: string[],
  rows: string[][],
): ImportOptions["dateOrder"] {
  const dates = columnsOf(headers, rows).filter(({ header }) =>
    /_date$|^paid_on$/.test(mapping[header] ?? ""),
  );
  return looksMonthFirst(dates.flatMap(({ values }) => values)) ? "month_first" : "day_first";
}

const asOfColumns = new Set(
  "asof asofdate ason asondate reportdate rundate extractdate extractiondate dataason datadate generatedon".split(
    " ",
  ),
);
const DAY_IN_TEXT =
  /(?<!\d)(\d{1,2}[-/. _]?(?:\d{1,2}|[a-z]{3,9})[-/. _,]*\d{4}|\d{4}[-/._]?\d{2}[-/._]?\d{2}|\d{1,2}[-/. ][a-z]{3}[-/. ]\d{2})(?!\d)/gi;

type AsOf = { fileName: string; above: string[]; headers: string[]; rows: string[][]; today: string };

/**
 * The day that the payments of a file are of: from a column that says it, from the lines above the table, from the file's
 * name; else today. A day in the future or more than two years ago is none.
 */
export function guessAsOf({ fileName, above, headers, rows, today }: AsOf): string {
  const stated = columnsOf(headers, rows.slice(0, 1)).find(({ header }) => asOfColumns.has(plain(header)));
  const texts = [...(stated?.values ?? []), ...above, fileName];
  for (const text of texts)
    for (const [found] of text.matchAll(DAY_IN_TEXT)) {
      const compact = /^(\d{2})(\d{2})(\d{4})$/.exec(found);
      const readable = compact ? `${compact[1]}/${compact[2]}/${compact[3]}` : found.replaceAll("_", "-");
      const day = readDay(readable, { order: "day_first", era: "past", today });
      if (day && day <= today && day >= addDays(today, -730)) return day;
    }
  return today;
}
