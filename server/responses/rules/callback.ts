import { anywhere, type ReplyRule, wholly } from "./rule";

const hindiDo =
  "(?:करें|करो|करना|कीजिए|कीजिये|करे|कर लो|कर लें|कर दो|कर दें|करिए|करिये|करवाओ|कराएं|करवाइए|चाहिए|आना|कर सकते|करवा दें|करवा दीजिए|करना जी|कीजिएगा)";
const doIt =
  "(?:karo|karein|kijiye|karna|kar do|kardo|kar lo|kar lena|kar dena|kar sakte|kar lijiye|karwao|karwa do|karwaiye|chahiye|aana|kar dijiye|karenge|kar lijiyega|karana|kara do|karva do|lagao|maro|aayega|kar dijiyega)";

/** Wants to be called, or to speak with somebody. */
export const wantsCall: ReplyRule = {
  name: "wants_call",
  class: "callback_request",
  says: "it asks for a call, or to speak with somebody",
  find: anywhere(
    "call (?:me|us|back|my (?:wife|husband|son|daughter|number|office|home|father|mother)|on|at|after|before|in the (?:morning|evening|afternoon)|tomorrow|today|tonight|later|anytime|any time|please|this number|monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    "(?:please|can you|could you|can someone|could someone|will you|have (?:\\S+ ){1,3}?|someone (?:should|to|can|please)?|ask (?:\\S+ ){1,3}?to|let (?:\\S+ ){1,3}?) (?:please )?(?:call|phone|ring)",
    "callback",
    "(?:give|arrange|schedule|request|need|want|book|expecting|awaiting|waiting for)(?: me| us)?(?: for)?(?: a| the| your)? (?:phone |return )?(?:call|ring)",
    "(?:ring|phone|buzz|dial) (?:me|us)",
    "(?:speak|talk|discuss|connect|chat) (?:to|with) (?:\\S+ )?(?:someone|somebody|agent|advisor|adviser|executive|representative|human|person|manager|you|expert|team|specialist|officer|rm)",
    "(?:want|wish|need|like) to (?:talk|speak|discuss)(?: on (?:the )?(?:phone|call))?",
    "(?:lets|let us|can we|we can|could we) (?:talk|speak|discuss|have a call)",
    "(?:contact|reach) me (?:on|at|after|before|tomorrow|today|by phone|in the|over)",
    "(?:get|have) (?:in touch|someone (?:contact|reach))",
    "connect me",
    "(?:human|person|agent|executive|someone|somebody) to (?:speak|talk)",
    "(?:please|kindly) contact(?: me| us)?",
    `(?:call|phone|ring)(?: back| pe| par)? (?:\\S+ )?${doIt}`,
    "(?:call|phone) (?:pe|par) (?:baat|bat|batao|samjhao|bataiye)",
    "(?:call|phone) (?:ka|ke liye) (?:intezaar|wait|intzar)",
    "(?:mujhe|mujhse|mujh se|humko|hamein|hume) (?:\\S+ ){0,2}?(?:call|phone|sampark|contact)",
    "(?:baat|charcha) (?:karni|karna|karein|karo|karwao|karwa do|karwaiye|karwa dijiye|karna chahta|karna chahti|kar sakte|kar lo|ho sakti|kara do|karwayein)",
    "sampark (?:karo|karein|kijiye|karna)",
    `(?:कॉल|काल|फोन|संपर्क|सम्पर्क|कॉलबैक)(?: \\S+){0,2}? ${hindiDo}`,
    "(?:कॉल|काल) ?बैक",
    "(?:फोन|कॉल) (?:पर|पे) (?:बात|बताइए|बताओ|समझाइए)",
    "(?:बात|चर्चा) (?:करनी|करना|करें|करो|कराइए|करवाइए|करवा दें|करवाओ|कराओ|कर सकते|हो सकती|करवा दीजिए)",
    "मुझे (?:\\S+ ){0,2}?(?:कॉल|फोन|संपर्क)",
  ),
};

/** “Call” alone, as an answer to “Reply CALL to …”. */
export const callWord: ReplyRule = {
  name: "call_word",
  class: "callback_request",
  says: "it is the word CALL and nothing else",
  find: wholly(
    "call",
    "calling",
    "call back",
    "phone",
    "yes call",
    "haan call",
    "कॉल",
    "फोन",
    "हां कॉल",
    "कॉल बैक",
  ),
};
