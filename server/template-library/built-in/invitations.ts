import type { BuiltIn } from "./words";

const lead = { type: "acquisition", goal: "lead_generation" } as const;

/** Invitations to talk or to go on, each of which may be left unanswered. */
export const invitations: readonly BuiltIn[] = [
  {
    ...lead,
    key: "quotation",
    name: "Quotation follow-up",
    description: "They asked for a price and did not go on; one friendly question.",
    category: "quotation",
    link: "quote",
    callMe: true,
    words: {
      en: {
        subject: "Your quotation is still here",
        preheader: "Nothing to enter again. Any question left?",
        email: `You asked us for a quotation lately. It is kept as you left it, so there is nothing to enter again.

If something held you back, it may be worth a question: what is not covered, how a claim works, or whether a smaller sum is enough. We would rather answer now than have you find out later.

{button}

Going on takes about ten minutes. If you have decided otherwise, that is quite all right, and we will not remind you again.`,
        button: "Open my quotation",
        sms: "Dear {{customer_name}}, the quotation you asked for is kept as you left it. Open it, or ask us anything: {link} - {{company_name}}",
        whatsapp: `You asked us for a quotation lately. It is kept as you left it, so there is nothing to enter again.

If something held you back, ask us: what is not covered, how a claim works, or whether a smaller sum is enough. If you have decided otherwise, that is quite all right.`,
      },
      hi: {
        subject: "आपका कोटेशन सुरक्षित है",
        preheader: "दोबारा कुछ नहीं भरना है। कोई सवाल बाकी है?",
        email: `हाल ही में आपने हमसे कोटेशन माँगा था। वह वैसा ही सुरक्षित है, इसलिए दोबारा कुछ नहीं भरना है।

अगर किसी बात ने आपको रोका हो तो पूछ लीजिए: क्या शामिल नहीं है, क्लेम कैसे होता है, या क्या छोटी बीमा राशि काफ़ी होगी। बाद में पता चलने से अच्छा है कि हम अभी बता दें।

{button}

आगे बढ़ने में करीब दस मिनट लगते हैं। अगर आपने कुछ और तय किया है, तो भी ठीक है; हम दोबारा याद नहीं दिलाएँगे।`,
        button: "मेरा कोटेशन खोलें",
        sms: "प्रिय {{customer_name}}, आपका माँगा हुआ कोटेशन सुरक्षित है। खोलिए, या कुछ भी पूछिए: {link} - {{company_name}}",
        whatsapp: `हाल ही में आपने हमसे कोटेशन माँगा था। वह वैसा ही सुरक्षित है, इसलिए दोबारा कुछ नहीं भरना है।

किसी बात ने रोका हो तो पूछ लीजिए: क्या शामिल नहीं है, क्लेम कैसे होता है, या क्या छोटी बीमा राशि काफ़ी होगी। अगर आपने कुछ और तय किया है, तो भी ठीक है।`,
      },
    },
  },
  {
    ...lead,
    key: "referral",
    name: "Referral",
    description: "Asks content customers to name somebody, without pay or push.",
    category: "referral",
    link: "refer",
    words: {
      en: {
        subject: "Do you know somebody who should have this cover?",
        preheader: "Only with their consent, and only one call.",
        email: `You have been with us for a while. If we have served you well, perhaps there is somebody in your family or among your friends who has no cover yet.

Send them the link below. They decide themselves whether to leave a number; we do not take it from you.

{button}

Whoever leaves a number gets one call at a time of their own choice, and no second one unless they ask for it.`,
        button: "Share the link",
        sms: "Dear {{customer_name}}, if we have served you well, share this link with somebody who has no cover yet. They decide themselves: {link} - {{company_name}}",
        whatsapp: `You have been with us for a while. If we have served you well, perhaps there is somebody in your family or among your friends who has no cover yet.

Share the link with them. They decide themselves whether to leave a number, and get one call at a time of their own choice.`,
      },
      hi: {
        subject: "क्या आप किसी ऐसे को जानते हैं जिसे यह कवर चाहिए?",
        preheader: "केवल उनकी सहमति से, और केवल एक कॉल।",
        email: `आप कुछ समय से हमारे साथ हैं। अगर हमारी सेवा अच्छी लगी हो, तो शायद आपके परिवार या मित्रों में कोई ऐसा हो जिसके पास अभी कवर नहीं है।

उन्हें नीचे दिया लिंक भेज दीजिए। नंबर देना या न देना वे स्वयं तय करेंगे; हम आपसे उनका नंबर नहीं लेते।

{button}

जो नंबर देंगे, उन्हें उनके चुने समय पर एक कॉल जाएगी, और उनके कहे बिना दूसरी नहीं।`,
        button: "लिंक साझा करें",
        sms: "प्रिय {{customer_name}}, हमारी सेवा अच्छी लगी हो तो यह लिंक उन्हें भेजें जिनके पास कवर नहीं है: {link} - {{company_name}}",
        whatsapp: `आप कुछ समय से हमारे साथ हैं। अगर हमारी सेवा अच्छी लगी हो, तो शायद आपके परिवार या मित्रों में कोई ऐसा हो जिसके पास अभी कवर नहीं है।

उन्हें यह लिंक भेज दीजिए। नंबर देना या न देना वे स्वयं तय करेंगे, और उन्हें उनके चुने समय पर एक ही कॉल जाएगी।`,
      },
    },
  },
  {
    type: "retention",
    goal: "engagement",
    key: "check_in",
    name: "Check-in with an inactive customer",
    description: "No contact for a long time: a hello, and one easy question.",
    category: "check_in",
    link: "call",
    callMe: true,
    words: {
      en: {
        subject: "We have not spoken for a while, {{first_name}}",
        preheader: "Is everything in order with your cover?",
        email: `We have not spoken for a while, which with insurance is usually good news. Still we would like to know whether everything about your cover is in order.

Has something changed since we last spoke: address, job, family, a loan? Then ten minutes on the phone are enough to see whether your policy {{policy_number}} still fits.

{button}

Choose a time that suits you. If all is well, there is nothing to do, and we wish you a good season.`,
        button: "Choose a time",
        sms: "Dear {{customer_name}}, has anything changed in your life that your policy {{policy_number}} should know of? Choose a time to talk: {link} - {{company_name}}",
        whatsapp: `We have not spoken for a while, which with insurance is usually good news. Still we would like to know whether everything about your cover is in order.

If address, job, family or a loan has changed, ten minutes on the phone are enough to see whether your policy {{policy_number}} still fits. If all is well, there is nothing to do.`,
      },
      hi: {
        subject: "{{first_name}} जी, काफ़ी समय से बात नहीं हुई",
        preheader: "क्या आपके कवर के बारे में सब ठीक है?",
        email: `काफ़ी समय से हमारी बात नहीं हुई, जो बीमे में अक्सर अच्छी ख़बर होती है। फिर भी हम जानना चाहते हैं कि आपके कवर के बारे में सब ठीक है या नहीं।

इस बीच पता, नौकरी, परिवार या ऋण में कुछ बदला हो, तो फ़ोन पर दस मिनट में देख लेंगे कि आपकी पॉलिसी {{policy_number}} अब भी ठीक है या नहीं।

{button}

अपनी सुविधा का समय चुन लीजिए। सब ठीक हो तो आपको कुछ नहीं करना है। शुभकामनाएँ।`,
        button: "समय चुनें",
        sms: "प्रिय {{customer_name}}, क्या जीवन में कुछ बदला है जो पॉलिसी {{policy_number}} में आना चाहिए? बात का समय चुनें: {link} - {{company_name}}",
        whatsapp: `काफ़ी समय से हमारी बात नहीं हुई, जो बीमे में अक्सर अच्छी ख़बर होती है। फिर भी हम जानना चाहते हैं कि आपके कवर के बारे में सब ठीक है या नहीं।

पता, नौकरी, परिवार या ऋण में कुछ बदला हो, तो फ़ोन पर दस मिनट में देख लेंगे कि आपकी पॉलिसी {{policy_number}} अब भी ठीक है या नहीं। सब ठीक हो तो कुछ नहीं करना है।`,
      },
    },
  },
];
