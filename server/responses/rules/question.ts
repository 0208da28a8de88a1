import { anywhere, type ReplyRule } from "./rule";

/** Asks something that a person must answer, or asks for a change to a policy. */
export const asks: ReplyRule = {
  name: "asks",
  class: "question",
  says: "it asks something",
  find: anywhere(
    "\\?",
    "(?:what|whats|how|when|where|why|which|who|whom|whose|how much|how many|how long)(?! a | about that )",
    "(?<=^ )(?:is|are|does|did|was|were|has) \\S+",
    "(?:can|could|may|should|shall|would|will|do|does|did|is|are|was|am|has|have) (?:i|you|we|it|there|my|the|this|that|they|your|anyone|he|she|someone)",
    "(?:let me know|tell me|want to know|wish to know|need to know|explain|clarify|confirm (?:the|my|if|whether|that|me)|please advise|any (?:idea|update|discount|offer|other))",
    "(?:kya|kab|kaise|kitna|kitni|kitne|kyun|kahan|kaha|kaun|konsa|kaunsa|kaunsi|konsi|kis|kiska|kiske|kisko)",
    "(?:batao|bataiye|bataye|bataen|bata do|bata dijiye|samjhao|samjhaiye|batana|bataein|bata sakte)",
    "(?:क्या|कब|कैसे|कितना|कितनी|कितने|क्यों|कहां|कौन|कौनसा|कौनसी|किस|किसको|किसका|कैसा|कैसी)",
    "(?:बताइए|बताओ|बताएं|बताइये|बता दें|बता दीजिए|समझाइए|समझाएं)",
  ),
};

/** A wish about an existing policy: an address, a nominee, a document, an end. */
export const servicesPolicy: ReplyRule = {
  name: "services_policy",
  class: "question",
  says: "it asks for something about an existing policy",
  find: anywhere(
    "(?:change|update|correct|edit|modify|add) (?:my|the|our|a) (?:\\S+ )?(?:address|nominee|name|number|mobile|bank|account|date of birth|dob|mail|mode|frequency|details)",
    "(?:surrender|cancel|close|stop|discontinue|terminate|transfer|port|assign) (?:\\S+ ){0,3}?(?:policy|auto ?debit|ecs|mandate|plan|insurance|nach|sip)",
    "(?:send|share|need|want|mail|give)(?: me| us)?(?: my| the| a| an)? (?:\\S+ )?(?:receipt|certificate|statement|policy (?:copy|document|bond)|document|documents|bond|80c|tax)",
    "(?:policy|plan|auto ?debit|ecs|nach) (?:\\S+ ){0,2}?(?:band|surrender|cancel|close|transfer) (?:kar|karna|karni|karo|karwana|karwani|kardo|kijiye|karein)",
    "(?:receipt|statement|certificate|policy copy|document|bond) (?:\\S+ ){0,2}?(?:bhejo|chahiye|send|do|dijiye|nahi mila|mil jayega)",
    "(?:address|nominee|number|naam|mobile|pata|mail) (?:\\S+ ){0,2}?(?:change|update|badalna|badalwana|badal|sahi)",
    "(?:पॉलिसी|प्लान|बीमा)(?: \\S+){0,2}? (?:बंद|सरेंडर|रद्द|कैंसिल)",
    "(?:रसीद|प्रमाणपत्र|प्रमाण पत्र|दस्तावेज|स्टेटमेंट|बांड)(?: \\S+){0,2}? (?:भेजें|भेजो|भेजिए|चाहिए|दें|दीजिए|भेज दें|भेज दीजिए)",
    "(?:पता|नॉमिनी|नंबर|नाम|मोबाइल)(?: \\S+){0,2}? (?:बदलना|बदलें|बदलवाना|अपडेट|बदल|सही)",
  ),
};
