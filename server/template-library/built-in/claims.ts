import type { BuiltIn } from "./words";

const care = { type: "behavioral", goal: "engagement" } as const;

/** Claims, and what comes after something went well or badly. */
export const claims: readonly BuiltIn[] = [
  {
    ...care,
    key: "claim_received",
    name: "Claim received",
    description: "We have it; what happens next, and when they hear from us.",
    category: "claim_update",
    link: "claims",
    words: {
      en: {
        subject: "We have received your claim on {{policy_number}}",
        preheader: "What happens next, and when you hear from us.",
        email: `We are sorry that you need to claim, and we will make it as light as we can. Your claim on policy {{policy_number}} has reached us.

Within two working days we tell you whether any paper is missing. Please keep the original bills and reports until the claim is settled.

{button}

There you can see at any time where the claim stands. You do not need to call for that, but you always may.`,
        button: "Follow my claim",
        sms: "Dear {{customer_name}}, we have received your claim on policy {{policy_number}}. You hear from us within two working days. Follow it: {link} - {{company_name}}",
        whatsapp: `We are sorry that you need to claim, and we will make it as light as we can. Your claim on policy {{policy_number}} has reached us.

Within two working days we tell you whether any paper is missing. Please keep the original bills and reports until the claim is settled.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} पर आपका क्लेम हमें मिल गया है",
        preheader: "आगे क्या होगा और हम कब बताएँगे।",
        email: `हमें खेद है कि आपको क्लेम करना पड़ा; हम इसे आपके लिए जितना आसान हो सके उतना बनाएँगे। पॉलिसी {{policy_number}} पर आपका क्लेम हमें मिल गया है।

दो कार्य दिवसों में हम बताएँगे कि कोई कागज़ बाकी है या नहीं। निपटान होने तक मूल बिल और रिपोर्ट संभालकर रखिए।

{button}

यहाँ आप कभी भी देख सकते हैं कि क्लेम कहाँ तक पहुँचा। इसके लिए कॉल करना ज़रूरी नहीं, पर आप जब चाहें कर सकते हैं।`,
        button: "क्लेम की स्थिति देखें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} पर आपका क्लेम मिल गया। दो कार्य दिवसों में सूचना देंगे। स्थिति: {link} - {{company_name}}",
        whatsapp: `हमें खेद है कि आपको क्लेम करना पड़ा। पॉलिसी {{policy_number}} पर आपका क्लेम हमें मिल गया है।

दो कार्य दिवसों में हम बताएँगे कि कोई कागज़ बाकी है या नहीं। निपटान होने तक मूल बिल और रिपोर्ट संभालकर रखिए।`,
      },
    },
  },
  {
    ...care,
    key: "claim_update",
    name: "Claim update, papers needed",
    description: "Something is missing; where to see what, and how to send it.",
    category: "claim_update",
    link: "claims",
    callMe: true,
    words: {
      en: {
        subject: "Your claim on {{policy_number}} needs one more step",
        preheader: "Please see what is missing and add it.",
        email: `We have looked at your claim on policy {{policy_number}} and need something more before we can decide it. The list of what is missing stands beside the claim.

A clear photo taken with your phone is enough; originals are not needed at this point.

{button}

Once everything is there, we decide within five working days and write to you the same day. If a paper cannot be had, tell us and we will look for another way together.`,
        button: "See what is missing",
        sms: "Dear {{customer_name}}, your claim on policy {{policy_number}} needs more papers. See which, and add a photo of them: {link} - {{company_name}}",
        whatsapp: `We have looked at your claim on policy {{policy_number}} and need something more before we can decide it. The list of what is missing stands beside the claim.

A clear photo taken with your phone is enough. Once everything is there, we decide within five working days.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} के क्लेम में एक कदम बाकी है",
        preheader: "देखिए क्या बाकी है और उसे जोड़ दीजिए।",
        email: `हमने पॉलिसी {{policy_number}} पर आपका क्लेम देखा है। फ़ैसले से पहले कुछ और कागज़ चाहिए; उनकी सूची क्लेम के साथ दी गई है।

फ़ोन से ली गई साफ़ तस्वीर काफ़ी है, अभी मूल कागज़ नहीं चाहिए।

{button}

सब कुछ मिलते ही हम पाँच कार्य दिवसों में फ़ैसला करेंगे और उसी दिन आपको लिखेंगे। कोई कागज़ मिलना संभव न हो तो बताइए, हम साथ मिलकर दूसरा रास्ता देखेंगे।`,
        button: "देखें क्या बाकी है",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} के क्लेम के लिए कुछ कागज़ बाकी हैं। देखें और फ़ोटो जोड़ें: {link} - {{company_name}}",
        whatsapp: `हमने पॉलिसी {{policy_number}} पर आपका क्लेम देखा है। फ़ैसले से पहले कुछ और कागज़ चाहिए; उनकी सूची क्लेम के साथ दी गई है।

फ़ोन से ली गई साफ़ तस्वीर काफ़ी है। सब कुछ मिलते ही हम पाँच कार्य दिवसों में फ़ैसला करेंगे।`,
      },
    },
  },
  {
    ...care,
    key: "claim_settled",
    name: "Claim settled",
    description: "It is paid; where the money went and what remains to do: nothing.",
    category: "claim_update",
    link: "claims",
    words: {
      en: {
        subject: "Your claim on {{policy_number}} is settled",
        preheader: "The payment is on its way to your bank account.",
        email: `Your claim on policy {{policy_number}} is settled. The amount has been sent to the bank account that we have for you and usually arrives within two working days.

{button}

The settlement letter there shows how the amount was worked out, line by line. If anything in it is not clear, or you see it differently, reply to this e-mail and somebody other than the first examiner will look at it again.`,
        button: "See the settlement",
        sms: "Dear {{customer_name}}, your claim on policy {{policy_number}} is settled and the payment is on its way. See how it was worked out: {link} - {{company_name}}",
        whatsapp: `Your claim on policy {{policy_number}} is settled. The amount has been sent to the bank account that we have for you and usually arrives within two working days.

The settlement letter shows line by line how it was worked out. If you see it differently, write to us here and somebody else will look at it again.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} का क्लेम निपट गया है",
        preheader: "राशि आपके बैंक खाते में भेज दी गई है।",
        email: `पॉलिसी {{policy_number}} पर आपका क्लेम निपट गया है। राशि आपके दर्ज बैंक खाते में भेज दी गई है और आम तौर पर दो कार्य दिवसों में पहुँच जाती है।

{button}

निपटान पत्र में पंक्ति-दर-पंक्ति लिखा है कि राशि कैसे निकाली गई। कुछ समझ न आए या आप सहमत न हों, तो इस ई-मेल का जवाब दीजिए; कोई दूसरा अधिकारी इसे फिर से देखेगा।`,
        button: "निपटान पत्र देखें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का क्लेम निपट गया है, राशि भेज दी गई है। विवरण: {link} - {{company_name}}",
        whatsapp: `पॉलिसी {{policy_number}} पर आपका क्लेम निपट गया है। राशि आपके दर्ज बैंक खाते में भेज दी गई है और आम तौर पर दो कार्य दिवसों में पहुँच जाती है।

निपटान पत्र में लिखा है कि राशि कैसे निकाली गई। आप सहमत न हों तो यहीं लिखिए, कोई दूसरा अधिकारी इसे फिर से देखेगा।`,
      },
    },
  },
  {
    ...care,
    key: "satisfaction",
    name: "Satisfaction question",
    description: "One question after a service, and what is done with the answer.",
    category: "feedback",
    link: "feedback",
    words: {
      en: {
        subject: "How did we do, {{first_name}}?",
        preheader: "One question, half a minute.",
        email: `You were in touch with us lately about your policy {{policy_number}}. How satisfied were you with the way we handled it?

{button}

It is one question from 1 to 5, and a line of your own if you like. A person reads each answer. If it was not good, we call you within two working days to put it right.`,
        button: "Answer one question",
        sms: "Dear {{customer_name}}, how did we handle your request about policy {{policy_number}}? One question, half a minute: {link} - {{company_name}}",
        whatsapp: `You were in touch with us lately about your policy {{policy_number}}. How satisfied were you with the way we handled it?

It is one question from 1 to 5, and a person reads each answer. If it was not good, we call you within two working days.`,
      },
      hi: {
        subject: "{{first_name}} जी, हमारी सेवा कैसी रही?",
        preheader: "बस एक सवाल, आधा मिनट।",
        email: `हाल ही में आपने पॉलिसी {{policy_number}} के बारे में हमसे संपर्क किया था। जिस तरह हमने आपका काम किया, उससे आप कितने संतुष्ट हैं?

{button}

1 से 5 तक का एक सवाल है, और चाहें तो अपनी एक पंक्ति भी लिखिए। हर जवाब कोई व्यक्ति पढ़ता है। अनुभव अच्छा न रहा हो तो हम दो कार्य दिवसों में कॉल करके उसे ठीक करेंगे।`,
        button: "एक सवाल का जवाब दें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} के काम में हमारी सेवा कैसी रही? एक सवाल, आधा मिनट: {link} - {{company_name}}",
        whatsapp: `हाल ही में आपने पॉलिसी {{policy_number}} के बारे में हमसे संपर्क किया था। जिस तरह हमने आपका काम किया, उससे आप कितने संतुष्ट हैं?

1 से 5 तक का एक सवाल है, और हर जवाब कोई व्यक्ति पढ़ता है। अनुभव अच्छा न रहा हो तो हम दो कार्य दिवसों में कॉल करेंगे।`,
      },
    },
  },
  {
    ...care,
    key: "service_apology",
    name: "Apology for our service",
    description: "We made a mistake: said plainly, with what we do about it.",
    category: "policy_service",
    link: "call",
    callMe: true,
    words: {
      en: {
        subject: "We are sorry, {{first_name}}",
        preheader: "We did not serve you as we should have.",
        email: `You had to wait longer than we promised over your policy {{policy_number}}. That was our mistake, and we are sorry.

We have looked at what went wrong and changed it. Nothing about your cover or your premium is affected.

{button}

If something is still open, choose a time and {{agent_name | default: "one of our senior colleagues"}} will call you, with your papers at hand, so that you need not explain it all again.`,
        button: "Choose a time to talk",
        sms: "Dear {{customer_name}}, we kept you waiting over policy {{policy_number}} and are sorry. If something is open, choose a time for our call: {link} - {{company_name}}",
        whatsapp: `You had to wait longer than we promised over your policy {{policy_number}}. That was our mistake, and we are sorry. Nothing about your cover or your premium is affected.

If something is still open, choose a time. We call with your papers at hand, so that you need not explain it all again.`,
      },
      hi: {
        subject: "{{first_name}} जी, हमें खेद है",
        preheader: "हम आपको वैसी सेवा नहीं दे पाए जैसी देनी चाहिए थी।",
        email: `आपकी पॉलिसी {{policy_number}} के काम में आपको हमारे वादे से अधिक इंतज़ार करना पड़ा। गलती हमारी थी, और हमें इसका खेद है।

हमने देखा कि चूक कहाँ हुई और उसे ठीक कर लिया है। आपके कवर और प्रीमियम पर कोई असर नहीं पड़ा है।

{button}

कुछ अब भी बाकी हो तो समय चुन लीजिए। {{agent_name | default: "हमारे वरिष्ठ सहयोगी"}} आपके कागज़ात साथ लेकर कॉल करेंगे, ताकि आपको सब कुछ फिर से न बताना पड़े।`,
        button: "बात का समय चुनें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} के काम में देरी के लिए हमें खेद है। कुछ बाकी हो तो बात का समय चुनें: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} के काम में आपको हमारे वादे से अधिक इंतज़ार करना पड़ा। गलती हमारी थी, और हमें इसका खेद है। आपके कवर और प्रीमियम पर कोई असर नहीं पड़ा है।

कुछ अब भी बाकी हो तो समय चुन लीजिए। हम कागज़ात साथ लेकर कॉल करेंगे, ताकि आपको सब कुछ फिर से न बताना पड़े।`,
      },
    },
  },
  {
    ...care,
    key: "missed_call",
    name: "Missed call follow-up",
    description: "They called and nobody answered, or we called and did not reach them.",
    category: "policy_service",
    link: "call",
    callMe: true,
    words: {
      en: {
        subject: "We missed each other on the phone",
        preheader: "Choose a time, and we will call you.",
        email: `We missed each other on the phone today. If you were calling about your policy {{policy_number}}, or about anything else, we would like to hear it.

Choose a time that suits you and we will call then. A word on what it is about helps us to have the answer ready.

{button}

If it is settled meanwhile, there is nothing to do.`,
        button: "Choose a time",
        sms: "Dear {{customer_name}}, we missed each other on the phone today. Choose a time and we will call you: {link} - {{company_name}}",
        whatsapp: `We missed each other on the phone today. If it was about your policy {{policy_number}}, or about anything else, we would like to hear it.

Choose a time that suits you and we will call then. If it is settled meanwhile, there is nothing to do.`,
      },
      hi: {
        subject: "आज फ़ोन पर हमारी बात नहीं हो पाई",
        preheader: "समय चुन लीजिए, हम कॉल करेंगे।",
        email: `आज फ़ोन पर हमारी बात नहीं हो पाई। बात आपकी पॉलिसी {{policy_number}} की हो या कुछ और, हम सुनना चाहेंगे।

अपनी सुविधा का समय चुन लीजिए, हम तब कॉल करेंगे। विषय एक पंक्ति में लिख दें तो हम जवाब के साथ तैयार रहेंगे।

{button}

अगर काम हो चुका है, तो आपको कुछ नहीं करना है।`,
        button: "समय चुनें",
        sms: "प्रिय {{customer_name}}, आज फ़ोन पर बात नहीं हो पाई। समय चुन लीजिए, हम कॉल करेंगे: {link} - {{company_name}}",
        whatsapp: `आज फ़ोन पर हमारी बात नहीं हो पाई। बात आपकी पॉलिसी {{policy_number}} की हो या कुछ और, हम सुनना चाहेंगे।

अपनी सुविधा का समय चुन लीजिए, हम तब कॉल करेंगे। अगर काम हो चुका है, तो आपको कुछ नहीं करना है।`,
      },
    },
  },
];
