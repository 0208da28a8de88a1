/** What the layout itself says, in the language of the body. */
type Words = {
  sentBy: (sender: string) => string;
  why: string;
  unsubscribe: string;
  /** Before the address of the way out, in the text part. */
  stop: string;
  /** Leads to the preference centre. */
  choose: string;
  /** Names the link that asks for a call. */
  askForCall: string;
};

const english: Words = {
  sentBy: (sender) => `Sent by ${sender}`,
  why: "You get this because you agreed to e-mails from us.",
  unsubscribe: "Unsubscribe",
  stop: "Stop these e-mails",
  choose: "Choose what you get",
  askForCall: "Ask for a call",
};

const others: Record<string, Words> = {
  hi: {
    sentBy: (sender) => `प्रेषक: ${sender}`,
    why: "यह ई-मेल आपको इसलिए मिला है क्योंकि आपने हमारे ई-मेल पाने की सहमति दी थी।",
    unsubscribe: "सदस्यता समाप्त करें",
    stop: "ये ई-मेल बंद करें",
    choose: "अपनी पसंद चुनें",
    askForCall: "कॉल का अनुरोध करें",
  },
  mr: {
    sentBy: (sender) => `प्रेषक: ${sender}`,
    why: "आपण आमच्या ई-मेलना संमती दिली होती म्हणून हा ई-मेल आपल्याला मिळाला आहे.",
    unsubscribe: "सदस्यता रद्द करा",
    stop: "हे ई-मेल थांबवा",
    choose: "आपली पसंती निवडा",
    askForCall: "कॉलची विनंती करा",
  },
  gu: {
    sentBy: (sender) => `મોકલનાર: ${sender}`,
    why: "તમે અમારા ઈ-મેલ માટે સંમતિ આપી હતી તેથી આ ઈ-મેલ તમને મળ્યો છે.",
    unsubscribe: "અનસબ્સ્ક્રાઇબ કરો",
    stop: "આ ઈ-મેલ બંધ કરો",
    choose: "તમારી પસંદગી કરો",
    askForCall: "કૉલની વિનંતી કરો",
  },
  bn: {
    sentBy: (sender) => `প্রেরক: ${sender}`,
    why: "আপনি আমাদের ই-মেল পেতে সম্মতি দিয়েছিলেন বলে এটি পাচ্ছেন।",
    unsubscribe: "আনসাবস্ক্রাইব করুন",
    stop: "এই ই-মেল বন্ধ করুন",
    choose: "আপনার পছন্দ বেছে নিন",
    askForCall: "কলের অনুরোধ করুন",
  },
  ta: {
    sentBy: (sender) => `அனுப்புநர்: ${sender}`,
    why: "எங்கள் மின்னஞ்சல்களைப் பெற நீங்கள் ஒப்புக்கொண்டதால் இது உங்களுக்கு வந்துள்ளது.",
    unsubscribe: "குழுவிலகு",
    stop: "இந்த மின்னஞ்சல்களை நிறுத்த",
    choose: "உங்கள் விருப்பத்தைத் தேர்ந்தெடுக்க",
    askForCall: "அழைப்பைக் கேட்க",
  },
  te: {
    sentBy: (sender) => `పంపినవారు: ${sender}`,
    why: "మా ఇ-మెయిల్‌లకు మీరు అంగీకరించినందున ఇది మీకు వచ్చింది.",
    unsubscribe: "అన్‌సబ్‌స్క్రయిబ్ చేయండి",
    stop: "ఈ ఇ-మెయిల్‌లను ఆపండి",
    choose: "మీ ఎంపికను ఎంచుకోండి",
    askForCall: "కాల్ కోరండి",
  },
  kn: {
    sentBy: (sender) => `ಕಳುಹಿಸಿದವರು: ${sender}`,
    why: "ನಮ್ಮ ಇ-ಮೇಲ್‌ಗಳಿಗೆ ನೀವು ಒಪ್ಪಿಗೆ ನೀಡಿದ್ದರಿಂದ ಇದು ನಿಮಗೆ ಬಂದಿದೆ.",
    unsubscribe: "ಅನ್‌ಸಬ್‌ಸ್ಕ್ರೈಬ್ ಮಾಡಿ",
    stop: "ಈ ಇ-ಮೇಲ್‌ಗಳನ್ನು ನಿಲ್ಲಿಸಿ",
    choose: "ನಿಮ್ಮ ಆಯ್ಕೆಯನ್ನು ಮಾಡಿ",
    askForCall: "ಕರೆಗಾಗಿ ಕೇಳಿ",
  },
};

/** The layout's words in a language; English for those that it does not speak. */
export const wordsIn = (language: string): Words => others[language.split("-")[0] ?? ""] ?? english;
