import { anywhere, type ReplyRule } from "./rule";

/** Absence notes and greetings of business accounts, told by their set phrases. */
export const automaticReply: ReplyRule = {
  name: "automatic_reply",
  class: "auto_reply",
  says: "it reads like an automatic answer",
  find: anywhere(
    "(?:i am|im|i will be|i m) (?:currently |presently )?(?:out of (?:the )?office|on (?:annual |sick |medical |maternity |paternity |casual )?leave|on vacation|away from (?:my )?(?:desk|office|mail)|travelling with limited)",
    "out of office(?: reply| message| auto reply| till| until)?",
    "(?:this is an )?(?:automatic|automated|auto|system generated|auto generated) (?:reply|response|message|mail|answer)",
    "autoreply",
    "limited access to (?:my )?(?:mail|messages)",
    "(?:thank you|thanks) for (?:contacting|messaging|reaching out to|getting in touch with|your mail|your message)(?: \\S+){0,8}? (?:get back to you|respond|reply|revert|be with you|not available)",
    "we (?:will|shall|ll) (?:get back|respond|revert|reply) to you (?:soon|shortly|as soon as|within|at the earliest)",
    "(?:we|i) (?:are|am) (?:currently |presently )?(?:unavailable|closed now|away (?:now|right now|at the moment))",
    "(?:we are|i am|im|were) (?:currently |presently )?not available (?:right now|at the moment|now)",
    "(?:our )?(?:working|office|business) hours are",
    "(?:your )?(?:mail|message|request|ticket) has been received",
    "(?:ticket|case|reference) (?:number|no|id) (?:is )?\\S* ?(?:has been|was) (?:created|registered|raised)",
    "(?:i am|im) driving",
    "kaaryalay se baahar",
    "(?:मैं )?(?:अभी )?(?:कार्यालय|ऑफिस|आफिस) से बाहर (?:हूं|हू)",
    "(?:मैं )?(?:अवकाश|छुट्टी) पर (?:हूं|हू)",
    "(?:हमसे|हम से) संपर्क करने के लिए धन्यवाद",
  ),
};
