import type { PaymentMode, PaymentStatus, PolicyStatus } from "@/server/policies/status";

/** Letters only, lower case: "In-Force (PP)" → "inforcepp". */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}]/gu, "");

/** Words → value, written as lists of what insurers' systems print. */
function dictionary<Value extends string>(lists: Record<Value, string>): Map<string, Value> {
  return new Map(
    Object.entries<string>(lists).flatMap(([value, words]) =>
      words.split(",").map((word) => [bare(word), value as Value] as const),
    ),
  );
}

/**
 * What insurers call the states of a policy. A contract that ended before its term (cancelled, terminated, free look, a
 * claim) stands as surrendered: of the states of the product it is the one that ends the cover and that no date takes back.
 */
const policyStatusWords = dictionary<PolicyStatus>({
  in_force:
    "in force,inforce,inforce pp,enforce,if,active,a,premium paying,pp,inforce premium paying,live,current,issued,renewed,regular,due,renewal due,in force premium due,valid,चालू,सक्रिय",
  in_grace: "grace,in grace,grace period,ig,within grace,within grace period,due in grace,inforce grace",
  lapsed:
    "lapsed,lapse,la,lp,l,lapsed without value,lapsed revivable,discontinued,disc,discontinuance,inactive,expired,not renewed,overdue,lapsed pending revival,व्यपगत,बंद",
  paid_up:
    "paid up,paidup,pu,rpu,reduced paid up,fully paid,fully paid up,fpu,premium ceased,ppt over,limited pay completed,premium paying term over",
  surrendered:
    "surrendered,surrender,su,sur,cancelled,canceled,terminated,foreclosed,foreclosure,free look,freelook,free look cancelled,flc,withdrawn,not taken up,ntu,declined,void,death claim,death,dc,death claim intimated,death claim settled,death claim paid,claim settled,deceased",
  matured:
    "matured,maturity,ma,mat,vested,maturity paid,maturity claim,maturity claim paid,survival benefit paid",
});
const deathWords = new Set(["death", "deceased", "dc"]);

/** Null when no insurer that we know says it. `death`: the person whose policy it is has died. */
export function readPolicyStatus(text: string): { status: PolicyStatus; death: boolean } | null {
  const word = bare(text);
  const status = policyStatusWords.get(word);
  return status ? { status, death: deathWords.has(word) || word.startsWith("deathclaim") } : null;
}

const paymentStatusWords = dictionary<PaymentStatus>({
  paid: "paid,received,success,successful,realised,realized,cleared,collected,settled,done,completed,adjusted,भुगतान",
  due: "due,pending,unpaid,outstanding,open,not paid,not received,upcoming,to be paid,बकाया",
  overdue: "overdue,od,arrears,in arrears,missed",
  failed:
    "failed,failure,bounced,bounce,dishonoured,dishonored,returned,return,rejected,declined,ecs bounce,nach return,nach bounce,cheque bounce,insufficient funds",
});
export const readPaymentStatus = (text: string): PaymentStatus | null =>
  paymentStatusWords.get(bare(text)) ?? null;

const modeWords = dictionary<PaymentMode>({
  monthly:
    "monthly,m,mly,mthly,mon,month,sss,salary saving,salary savings scheme,monthly ecs,monthly nach,ecs monthly,मासिक",
  quarterly: "quarterly,q,qly,qtly,qtr,quarter,त्रैमासिक,तिमाही",
  half_yearly:
    "half yearly,halfyearly,half-yearly,h,hy,hly,hlf,semi annual,semi annually,semiannual,sa,biannual,अर्धवार्षिक,छमाही",
  yearly: "yearly,y,yly,annual,annually,annualy,ann,year,per annum,वार्षिक",
  single: "single,s,sp,sgl,single premium,one time,onetime,lump sum,एकल",
});
export const readMode = (text: string): PaymentMode | null => modeWords.get(bare(text)) ?? null;

const debitWords = dictionary<"yes" | "no">({
  yes: "yes,y,true,ecs,nach,enach,e-nach,si,standing instruction,auto debit,autodebit,auto,autopay,auto pay,mandate,e-mandate,emandate,upi autopay,upi mandate,direct debit,active,registered,enabled,credit card si,card si,हाँ,हां",
  no: "no,n,false,cash,cheque,check,chq,dd,demand draft,online,neft,rtgs,imps,upi,manual,offline,none,na,nil,not registered,inactive,disabled,direct bill,direct,cash cheque,cash/cheque,card,credit card,debit card,net banking,netbanking,नहीं",
});
/** Whether the premium is debited by itself, in an insurer's words; null for words that say neither. */
export function readAutoDebit(text: string): boolean | null {
  if (/^[01]$/.test(text.trim())) return text.trim() === "1";
  const word = debitWords.get(bare(text));
  return word ? word === "yes" : null;
}

/** Kinds of insurance by what their products are called; the first that fits. */
const kinds: readonly [type: string, words: RegExp][] = [
  ["health", /health|mediclaim|medical|arogya|hospital|critical|swasthya/],
  ["motor", /motor|vehicle|\bcar\b|wheeler|\bbike\b|auto(?! ?debit)|third party/],
  ["ulip", /ulip|unit.?linked|wealth|market.?linked/],
  ["pension", /pension|annuity|retire|vesting|nishchint/],
  ["child", /child|bal |kids?|education/],
  ["endowment", /endow|money.?back|jeevan|sanchay|savings?|whole.?life|guaranteed|assured income/],
  ["term", /term|protect|suraksha|shield/],
  ["travel", /travel|trip/],
  ["home", /home|house|property|griha|fire/],
];

/** "Mediclaim Gold" → `health`. A kind that nobody knows stays as its own word; nothing at all is `other`. */
export function readPolicyType(type: string | null, product: string | null): string {
  for (const text of [type, product]) {
    const words = ` ${(text ?? "").toLowerCase()} `;
    const known = kinds.find(([name, pattern]) => words.trim() === name || pattern.test(words));
    if (known) return known[0];
  }
  const own = (type ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
  return own || "other";
}
