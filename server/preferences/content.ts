import type { ContactChannel, Purpose } from "@/server/consent/status";

/** Languages that the pages for customers are written in. */
export const pageLanguages = ["en", "hi"] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** The page's language: the one asked for, else the customer's own, else English. */
export const pageLanguageOf = (...asked: (string | null | undefined)[]): PageLanguage =>
  asked
    .map((text) => text?.slice(0, 2).toLowerCase())
    .find((text): text is PageLanguage => pageLanguages.some((known) => known === text)) ?? "en";

const channels = {
  en: { email: "E-mail", sms: "SMS", whatsapp: "WhatsApp", call: "Phone calls" },
  hi: { email: "ई-मेल", sms: "एसएमएस", whatsapp: "व्हाट्सऐप", call: "फ़ोन कॉल" },
} as const satisfies Record<PageLanguage, Record<ContactChannel, string>>;

/** “E-mail, SMS and WhatsApp”. */
const listed = (language: PageLanguage, found: readonly ContactChannel[]): string =>
  new Intl.ListFormat(language === "hi" ? "hi-IN" : "en-IN").format(
    found.map((channel) => channels[language][channel]),
  );

/** Everything that the preference centre says, in one language. Pure. */
export const preferenceWords = (language: PageLanguage, company: string) =>
  language === "hi"
    ? {
        title: "आपको क्या मिले, यह आप चुनें",
        intro: `${company} आपसे कैसे और किस बारे में संपर्क करे, यहाँ चुनें। बदलाव तुरंत लागू होता है।`,
        promotional: {
          heading: "ऑफ़र और समाचार",
          help: "नई योजनाएँ, त्योहारों की शुभकामनाएँ, निमंत्रण। ये केवल वहीं भेजे जाते हैं जहाँ आपने अनुमति दी है।",
        },
        service: {
          heading: "आपकी पॉलिसी के बारे में",
          help: "देय तिथियाँ, रसीदें, क्लेम और पॉलिसी में बदलाव।",
        },
        save: "मेरी पसंद सहेजें",
        stopHeading: "सभी ऑफ़र बंद करें",
        stopHelp: "एक बटन, हर माध्यम पर। पॉलिसी की ज़रूरी सूचनाएँ मिलती रहेंगी।",
        stop: "सभी ऑफ़र और समाचार बंद करें",
        saved: "सहेज लिया गया। यह अभी से लागू है।",
        stopped: `हो गया। ${company} अब किसी भी माध्यम पर ऑफ़र और समाचार नहीं भेजेगा।`,
        same: "कुछ बदला नहीं: सब कुछ पहले से ऐसा ही था।",
        stillHeading: "आपको आगे क्या मिलेगा",
        still: (found: readonly ContactChannel[]) =>
          found.length > 0
            ? `पॉलिसी की सूचनाएँ: ${listed(language, found)} से।`
            : "पॉलिसी की सूचनाएँ भी बंद हैं: हम आपको देय तिथियों की याद नहीं दिला सकेंगे।",
        offers: (found: readonly ContactChannel[]) =>
          found.length > 0 ? `ऑफ़र और समाचार: ${listed(language, found)} से।` : "ऑफ़र और समाचार: कुछ नहीं।",
        blocked: "इस पते पर अभी कुछ नहीं भेजा जाता: संदेश लौट आया था या उसकी शिकायत हुई थी।",
        noAddress: "हमारे पास आपका कोई पता या नंबर नहीं है, इसलिए चुनने को कुछ नहीं है।",
        other: "English",
      }
    : {
        title: "Choose what you get from us",
        intro: `Choose how ${company} may contact you, and about what. A change works at once.`,
        promotional: {
          heading: "Offers and news",
          help: "New plans, greetings, invitations. They go only where you allow them.",
        },
        service: {
          heading: "About your own policies",
          help: "Due dates, receipts, claims and changes to your policies.",
        },
        save: "Save my choices",
        stopHeading: "Stop all offers",
        stopHelp: "One button, every channel. Messages about your own policies still come.",
        stop: "Stop all offers and news",
        saved: "Saved. It works from now on.",
        stopped: `Done. ${company} sends you no more offers and news, on any channel.`,
        same: "Nothing was changed: it stood like this already.",
        stillHeading: "What you will get",
        still: (found: readonly ContactChannel[]) =>
          found.length > 0
            ? `About your policies: by ${listed(language, found)}.`
            : "About your policies: nothing. We cannot remind you of due dates.",
        offers: (found: readonly ContactChannel[]) =>
          found.length > 0 ? `Offers and news: by ${listed(language, found)}.` : "Offers and news: nothing.",
        blocked: "Nothing is sent to this address now: a message came back, or was reported.",
        noAddress: "We have no address or number of yours, so there is nothing to choose.",
        other: "हिन्दी",
      };

export const channelWord = (language: PageLanguage, channel: ContactChannel): string =>
  channels[language][channel];

/** The sentence that a customer agrees to, or takes back: what the consent ledger keeps as the text shown. */
export function consentSentence(
  language: PageLanguage,
  asked: { company: string; channel: ContactChannel; purpose: Purpose },
): string {
  const words = preferenceWords(language, asked.company)[asked.purpose].heading;
  const channel = channelWord(language, asked.channel);
  return language === "hi"
    ? `${asked.company} से ${words}: ${channel} द्वारा`
    : `${words} from ${asked.company} by ${channel}`;
}
