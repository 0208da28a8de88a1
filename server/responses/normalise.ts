/** Spellings of one word, as people type it on a phone; the left side is what the rules know. */
const spellings: Record<string, string> = Object.fromEntries(
  Object.entries({
    please: "plz pls plzz pliz plss plese kindly",
    message: "msg msgs messages mesage massage massages mssg mssgs massege messege",
    sms: "smses",
    mail: "mails email emails",
    you: "u",
    your: "ur",
    karo: "kro karao",
    kardo: "krdo kardijiye krdijiye kardena krdena",
    kar: "kr",
    karna: "krna karnaa",
    karni: "krni karnee",
    kijiye: "kijie kijiyega kijiega keejiye kriye kariye",
    nahi: "nhi nahin nai nahee nahii nhin",
    mujhe: "muje mjhe mujko mujhko",
    band: "bandh bund",
    phone: "fone phon",
    haan: "han haa ha hn hanji haanji",
    bhejo: "bhejiye bhejiyega bheje bhejen bhejdo bhej bhejna bhejein bhejna",
    chahiye: "chaiye chahie chahiy chaahiye chahye",
    kyun: "kyu kyo kyon q",
    baat: "bat",
    karein: "kare karen",
    interested: "intrested intersted interesed",
    unsubscribe: "unsubcribe unsuscribe unsubscribed unsub unsubscibe",
    complaint: "complain complant complaints complaining compliant",
    harassment: "harassing harrasment harassed harass",
    details: "detail detials",
    information: "info",
    wapas: "vapas wapis vapis",
    shikayat: "shikayt sikayat shikaayat",
  }).flatMap(([word, ways]) => ways.split(" ").map((way) => [way, word])),
);

const thumbsUp = /[\u{1F44D}\u{1F44C}\u2705]/gu;

/**
 * A reply as the rules read it: lower case, one space between words and at both ends, no punctuation but `?`, Hindi without
 * nukta and with one nasal sign, drawn-out letters (`stooop`) and phone spellings (`plz`, `krdo`) made plain.
 */
export function normaliseReply(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u093c\u200b-\u200f\ufeff]/gu, "")
    .normalize("NFC")
    .replaceAll("\u0901", "\u0902")
    .replace(/[\u0966-\u096f]/gu, (digit) => String(digit.charCodeAt(0) - 0x966))
    .toLowerCase()
    .replace(/(?<=\p{L})['’‘`´](?=\p{L})/gu, "")
    .replace(thumbsUp, " thumbsup ")
    .replaceAll("?", " ? ")
    .replace(/[^\p{L}\p{M}\p{N}?]+/gu, " ")
    .replace(/([a-z])\1{2,}/g, "$1")
    .trim();
  const words = plain.split(/\s+/).map((word) => spellings[word] ?? word);
  return ` ${words.join(" ")} `;
}
