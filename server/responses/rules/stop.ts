import { anywhere, type ReplyRule, wholly } from "./rule";

const hindiEnd = "(?:करो|करें|करे|कर दो|कर दे|कर दें|कीजिए|कीजिये|कर दीजिए|कर दीजिये|करिए)";
const end = "(?:karo|karein|kar do|kar de|kardo|kijiye|kar dijiye|kar dena|karwao|karna)";
const message =
  "(?:message|sms|text|texts|mail|whatsapp|promotions?|promos?|offers?|ads?|spam|notifications?|updates|advertisements?)";
const hindiMessage = "(?:मैसेज|मेसेज|संदेश|सन्देश|एसएमएस|ईमेल|मेल|विज्ञापन|ऑफर|व्हाट्सएप|व्हाट्सऐप)";

/** The words that operators and regulators agree on, alone: nothing about them is guessed. */
export const stopWord: ReplyRule = {
  name: "stop_word",
  class: "unsubscribe",
  says: "it is a STOP word and nothing else",
  wish: "stop",
  find: wholly(
    "stop(?: (?:stop|all|it|this|promo|promos|promotions?|message|sms|mail|[a-z]{6}|\\d{3,8}))*",
    "stopall",
    "unsubscribe(?: me| all)?",
    "(?:end|quit|cancel|remove|dnd|optout|opt out|opt me out|remove me|block)",
    `(?:stop )?(?:band|bas) ${end}`,
    `(?:message|sms|mail) band ${end}`,
    `(?:yeh |ye |yah |isko |ise )?(?:sab )?band ${end}(?: (?:yeh|ye|yah|isko|ise|sab|sabhi)){0,2}`,
    "(?:stop|roko|rok do|ruko|rokein|roken|rokiye|rok dijiye)",
    "(?:रोकें|रोको|रोके|रोक दो|रोक दें|रोकिए|रोक दीजिए|स्टॉप|स्टाप|अनसब्सक्राइब|सदस्यता समाप्त)",
    `(?:यह |ये )?(?:सब )?बंद ${hindiEnd}`,
    `बन्द ${hindiEnd}`,
    "बंद",
    "(?:मत भेजो|मत भेजिए|मत भेजें|न भेजें|ना भेजें|mat bhejo|na bhejo)",
  ),
};

/** The way back, alone as well: consent is never read into a longer sentence. */
export const startWord: ReplyRule = {
  name: "start_word",
  class: "other",
  says: "it is a START word and nothing else: promotion on this channel is allowed again",
  wish: "start",
  find: wholly(
    "(?:start|unstop|subscribe|resubscribe|optin|opt in|opt me in|restart|resume)",
    "(?:start|resume) (?:message|sms|mail|promotions?|offers?)(?: again)?",
    `(?:phir se |wapas )?(?:shuru|chalu|chaalu) ${end}`,
    `(?:फिर से )?(?:शुरू|चालू|शुरु) ${hindiEnd}`,
    "स्टार्ट",
  ),
};

/** “Do not call” is about calls: the reply's own channel is left as it is. */
export const noCalls: ReplyRule = {
  name: "no_calls",
  class: "unsubscribe",
  says: "it asks for no more calls",
  wish: "stop_calls",
  find: anywhere(
    "(?:dont|do not|never|stop|no more|no need to) (?:ever )?(?:call|calling|calls|phone|phoning)(?: me| us| again| back| here)*",
    "(?:call|calls|phone) (?:mat|na|nahi) (?:karo|karna|karein|kijiye|kar|karen|kariye)",
    `(?:call|calls|phone) (?:karna )?band ${end}`,
    "(?:कॉल|काल|फोन) (?:मत|न|ना|नहीं) (?:करो|करना|करें|कीजिए|करे)",
    `(?:कॉल|काल|फोन)(?: करना)? बंद ${hindiEnd}`,
  ),
};

/** The same wish in a sentence. `stop` alone is not enough: “I want to stop auto debit” is about a policy. */
export const stopPhrase: ReplyRule = {
  name: "stop_phrase",
  class: "unsubscribe",
  says: "it asks not to be written to again",
  wish: "stop",
  find: anywhere(
    `stop (?:sending|texting|messaging|mailing|contacting|bothering|disturbing|spamming|irritating|these|this|all|your|the|such|any)(?: \\S+){0,4}? ${message}`,
    "stop (?:sending|texting|messaging|mailing|contacting|bothering|disturbing|spamming|irritating)",
    `stop ${message}`,
    `(?:dont|do not|never|please not) (?:ever )?(?:send|text|message|mail|contact|write|bother|disturb|whatsapp|spam|sms)`,
    `(?:no|not any) more (?:of )?(?:these |this |such |your |any )?${message}`,
    `(?:i )?(?:dont|do not|didnt|not) (?:want|wish|need|like)(?: to)? (?:get|receive|to receive|any|these|your|more|such)?(?: \\S+){0,2}? ?${message}`,
    "(?:remove|delete|take) (?:me|my (?:number|name|no|mail|id|address|mobile|phone)|this number) (?:off|out|from)",
    "(?:remove|delete) (?:me|my (?:number|name|no|mail|id|mobile|phone)|this number)(?! (?:as|policy))",
    "(?:want to|wish to|how to|let me|like to|would like to|can i|how do i|how can i) (?:unsubscribe|opt out)",
    "unsubscribe (?:me|my|us|from|this|please)",
    "please unsubscribe",
    "opt (?:me )?out (?:of|from)",
    "leave me alone",
    "(?:please|so|just|then|pls|kindly) stop(?= $)",
    "(?:roz|baar|bar|har|daily|itne|bahut) (?:\\S+ ){0,5}?band (?:karo|kijiye|karein|kardo|kar do)",
    "(?:message|sms|mail|whatsapp|offer|offers|ads) (?:\\S+ ){0,2}?(?:mat|na|nahi) (?:bhejo|karo|karna|karein|kijiye|bhejein|kiya karo|bheja karo|kiya karein)",
    "(?:mat|na) bhejo(?: karo| kar)?",
    `(?:message|sms|mail|whatsapp|ads|offers?|promotions?|spam)(?: ka| ko| bhejo| aana| karna| bhejna){0,2} band ${end}`,
    `(?:yeh|ye|yah|aise|sab|sare|saare) (?:message |sms |sab |faltu |bakwas ){0,3}band ${end}`,
    "(?:message|sms|mail|offers?) (?:nahi|nai) chahiye",
    `(?:dobara|aage se|ab|phir) (?:message|sms|mail) (?:mat|na|nahi) (?:bhejo|karo|karna)`,
    "(?:mera )?number (?:hata|remove|delete|nikal)",
    `${hindiMessage}(?: \\S+){0,2}? (?:मत|न|ना|नहीं) (?:भेजो|भेजें|भेजना|भेजिए|भेजिये|भेजे|करो|करें|चाहिए)`,
    "(?:मत|न|ना) (?:भेजो|भेजें|भेजना|भेजिए|भेजिये|भेजा करो|भेजे)",
    `${hindiMessage}(?: \\S+){0,2}? (?:बंद|बन्द) ${hindiEnd}`,
    `${hindiMessage} (?:रोकें|रोको|रोक दो|रोक दें|रोकिए)`,
    "(?:मेरा |मेरे )?(?:नंबर|नाम|नम्बर) (?:हटा|हटाओ|हटाएं|हटाइए|हटा दो|हटा दें|सूची से)",
  ),
};
