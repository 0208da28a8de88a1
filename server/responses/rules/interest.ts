import { anywhere, type ReplyRule, wholly } from "./rule";

/** Says no to the offer, without asking for anything. It is no opt-out: promotion was not refused, this offer was. */
export const declines: ReplyRule = {
  name: "declines",
  class: "other",
  says: "it declines this offer, and asks for nothing else",
  find: anywhere(
    "(?:not|no|never|isnt|arent|no longer|not at all) (?:really |currently |at all |much )?(?:interested|intrested|required|needed|looking)",
    "no interest",
    "(?:i |we )?(?:dont|do not|no) (?:want|need|require) (?:it|this|that|any|insurance|policy|a policy|your|anything|more insurance|another)",
    "(?:already|have already) (?:renewed|paid|taken|have|done|purchased|bought|made)",
    "(?:nahi|nai) (?:chahiye|lena|karna|karwana|karana|leni)",
    "(?:interest|interested) (?:nahi|nai)",
    "(?:zaroorat|jarurat|zarurat|jaroorat) nahi",
    "(?:नहीं|नही) (?:चाहिए|लेना|लेनी|करना|करवाना)",
    "(?:जरूरत|आवश्यकता|रुचि|इंटरेस्ट) (?:नहीं|नही)",
    "(?:पहले ही|पहले से) (?:ले|भर|करा|कर|जमा)",
  ),
};

/** Says outright that it wants what was offered. */
export const wantsOffer: ReplyRule = {
  name: "wants_offer",
  class: "interested",
  says: "it says that it wants what was offered",
  find: anywhere(
    "interested",
    "(?:sign|count) me (?:up|in)",
    "(?:i |we )?(?:want|wish|would like|like|ready|willing|planning|looking|happy|agree|id like|id love|would love) to (?:\\S+ )?(?:renew|buy|take|purchase|upgrade|continue|proceed|pay|know more|invest|apply|enroll?|get|learn more|hear more|avail|add|go ahead|increase|start)",
    "(?:i |we )?(?:want|need|would like|will take|ll take|would love|looking for) (?:this|the|a|an|your|that|more|one|some|health|life|term|motor|car|bike|family|child|travel|pension) (?:\\S+ )?(?:policy|plan|plans|cover|insurance|offer|quote|quotation|scheme|information|details|renewal|upgrade)",
    "(?:(?:i|we) (?:will|shall|ll|am going to)|ill|will) (?:\\S+ )?(?:renew|pay|take it|buy|proceed|purchase)",
    "(?:please |kindly )?(?:renew|proceed|go ahead|process|book|activate|issue|enroll?|register) (?:it|my|with|the|this|me|for|please|now|us)",
    "(?:send|share|give|provide|forward|whatsapp|mail)(?: me| us| across| over)?(?: the| more| some| full| all| your| a| an| further| payment| renewal| premium| plan| policy)* (?:details|information|quote|quotation|link|brochure|proposal|form|pdf|benefits|options)",
    "tell (?:me|us) more",
    "(?:more|further|full|complete) (?:details|information)(?! (?:not|nahi))",
    "(?:details|information|link|quote|quotation|brochure|form|jankari|jaankari) (?:\\S+ )?(?:bhejo|share karo|send karo|do|dijiye|chahiye|share karein|batao|bataiye|share kijiye|send kijiye|send kardo|de do|dena|bata do|share kar do)",
    "(?:sounds|looks) (?:good|great|interesting|nice)",
    "(?:count|consider) me",
    "(?:plan|policy|insurance|bima|beema|cover|loan|offer) (?:\\S+ ){0,2}?(?:lena|leni|chahiye|karwana|karwani|karana|renew karna|renew karo|renew kar do|lenge|lunga|lungi|renew kardo)",
    "(?:lena|leni|karwana|karwani|khareedna|kharidna|renew karna|renew karwana|upgrade karna|invest karna) (?:hai|h|he|chahta|chahti|chahenge|chahte|chahunga)",
    "renew (?:kar do|kardo|karo|karein|karna|karwa do|kijiye|kar dijiye|karwana|karenge|karunga|karungi)",
    "(?:kar do|kardo) renew",
    "(?:mujhe|hume|humko|hamein) (?:\\S+ ){0,4}?(?:chahiye|lena|leni|karwana)",
    "(?:hum|main|mai|mein|me) (?:\\S+ ){0,3}?(?:lena|renew karna|taiyar|tayyar|ready|lenge|lunga|lungi|interested)",
    "(?:रुचि|दिलचस्पी|इंटरेस्टेड|इच्छुक)",
    "(?:लेना|लेनी|करवाना|करवानी|खरीदना|कराना|करानी) (?:है|चाहता|चाहती|चाहते|चाहूंगा|चाहूंगी)",
    "(?:जानकारी|डिटेल्स|डिटेल|विवरण|लिंक|फॉर्म|कोटेशन)(?: \\S+){0,2}? (?:भेजें|भेजो|भेजिए|भेजिये|भेज दो|भेज दें|दें|दो|दीजिए|दीजिये|चाहिए|बताइए|भेज दीजिए|भेजना|साझा)",
    "(?:पॉलिसी|प्लान|बीमा|योजना|कवर)(?: \\S+){0,2}? (?:चाहिए|लेना|लेनी|लूंगा|लूंगी|लेंगे|रिन्यू|नवीनीकरण)",
    "(?:रिन्यू|नवीनीकरण|नवीनीकृत) (?:कर दें|कर दो|करें|करना|करो|कीजिए|कर दीजिए|कराना|करवाना)",
    "(?:मुझे|हमें)(?: \\S+){0,4}? (?:चाहिए|लेना|लेनी|करवाना)",
  ),
};

/** “Yes”, alone or leading: an answer to the message that asked. */
export const saysYes: ReplyRule = {
  name: "says_yes",
  class: "interested",
  says: "it says yes",
  find: wholly(
    "(?:yes|yeah|yep|yup|yess|ya|y|sure|ofcourse|of course|definitely|absolutely|agreed|i agree|great|go ahead|proceed|do it|confirm|confirmed|renew|renew it|thumbsup|why not)(?: (?:yes|sure|ofcourse|of course|definitely|absolutely|go ahead|proceed|renew|i agree|i do|i am|it is|do it|thumbsup|interested))*",
    "(?:haan|ji haan|jee haan|bilkul|zaroor|jaroor|zarur|jarur|theek hai|thik hai|thik h|kar do|kardo|karo|chahiye|lenge|lunga|lungi|le lenge|sahi hai|manjoor hai|manzoor hai)(?: (?:haan|bilkul|zaroor|kar do|kardo|karo|chahiye|thik hai|theek hai))*",
    "(?:हां|हा|जी हां|हां जी|बिल्कुल|बिलकुल|जरूर|ठीक है|चाहिए|कर दो|कर दीजिए|करो|स्वीकार है|मंजूर है|सहमत|हां हां)(?: (?:हां|बिल्कुल|जरूर|चाहिए|ठीक है|कर दो|कर दीजिए))*",
  ),
};
