import type { BuiltIn } from "./words";

const retention = { type: "retention", goal: "renewal_rate" } as const;

/** About premiums: due, failed, in grace, and paying by itself. */
export const premiums: readonly BuiltIn[] = [
  {
    ...retention,
    key: "premium_due",
    name: "Premium due",
    description: "The next instalment: amount, day, ways to pay.",
    category: "premium_due",
    link: "pay",
    words: {
      en: {
        subject: "Premium due on {{due_date}}",
        preheader: "{{premium_amount}} for policy {{policy_number}}.",
        email: `The next premium of your {{policy_type | downcase}} policy {{policy_number}} is due on **{{due_date}}**. The amount is {{premium_amount}}.

You can pay by UPI, card or net banking. If the premium is debited from your bank account by itself, please only see that the balance is there.

{button}

The receipt reaches you within minutes. The premium after this one is due on {{next_due_date}}.`,
        button: "Pay the premium",
        sms: "Dear {{customer_name}}, premium {{premium_amount}} for policy {{policy_number}} is due on {{due_date}}. Pay here: {link} - {{company_name}}",
        whatsapp: `The next premium of your policy {{policy_number}} is due on {{due_date}}. The amount is {{premium_amount}}.

You can pay by UPI, card or net banking, and the receipt reaches you within minutes. If it is debited from your account by itself, please only see that the balance is there.`,
      },
      hi: {
        subject: "आपका प्रीमियम {{due_date}} को देय है",
        preheader: "पॉलिसी {{policy_number}} का प्रीमियम: {{premium_amount}}।",
        email: `आपकी पॉलिसी का अगला प्रीमियम **{{due_date}}** को देय है।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

आप UPI, कार्ड या नेट बैंकिंग से भुगतान कर सकते हैं। अगर प्रीमियम बैंक खाते से अपने आप कटता है, तो कृपया केवल यह देख लें कि खाते में राशि उपलब्ध हो।

{button}

रसीद कुछ ही मिनटों में मिल जाएगी। इसके बाद का प्रीमियम {{next_due_date}} को देय होगा।`,
        button: "प्रीमियम भरें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का प्रीमियम {{premium_amount}}, नियत तारीख {{due_date}}। भुगतान: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} का अगला प्रीमियम {{due_date}} को देय है। राशि: {{premium_amount}}।

आप UPI, कार्ड या नेट बैंकिंग से भुगतान कर सकते हैं; रसीद कुछ ही मिनटों में मिल जाएगी। अगर प्रीमियम खाते से अपने आप कटता है, तो केवल यह देख लें कि खाते में राशि हो।`,
      },
    },
  },
  {
    ...retention,
    key: "payment_failed",
    name: "Payment failed",
    description: "What went wrong, that nothing is lost, and how to pay again.",
    category: "payment_failed",
    link: "pay",
    callMe: true,
    words: {
      en: {
        subject: "Your premium payment did not go through",
        preheader: "Your policy is still in force. You can pay again at any time.",
        email: `The payment of {{premium_amount}} for your policy {{policy_number}} did not go through. Nothing was taken from your account; if you see a debit, your bank returns it within five working days.

Your policy is still in force. Please pay again when it suits you, by the same or another way.

{button}

If it fails a second time, reply to this e-mail. We will look into it with your bank’s reference and call you back the same day.`,
        button: "Pay again",
        sms: "Dear {{customer_name}}, your payment of {{premium_amount}} for policy {{policy_number}} did not go through. The policy is still in force. Pay again: {link} - {{company_name}}",
        whatsapp: `The payment of {{premium_amount}} for your policy {{policy_number}} did not go through. Your policy is still in force.

If you see a debit, your bank returns it within five working days. Please pay again when it suits you, by the same or another way.`,
      },
      hi: {
        subject: "आपका प्रीमियम भुगतान पूरा नहीं हो पाया",
        preheader: "आपकी पॉलिसी चालू है। आप कभी भी दोबारा भुगतान कर सकते हैं।",
        email: `आपकी पॉलिसी के प्रीमियम का भुगतान पूरा नहीं हो पाया।

पॉलिसी नंबर: {{policy_number}}
राशि: {{premium_amount}}

अगर आपके खाते से राशि कट गई है, तो बैंक उसे पाँच कार्य दिवसों में लौटा देगा। आपकी पॉलिसी चालू है। कृपया अपनी सुविधा से, उसी या किसी दूसरे माध्यम से दोबारा भुगतान कीजिए।

{button}

दोबारा भी भुगतान न हो तो इस ई-मेल का जवाब दीजिए। हम बैंक के संदर्भ नंबर से जाँच करेंगे और उसी दिन आपको कॉल करेंगे।`,
        button: "दोबारा भुगतान करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का भुगतान {{premium_amount}} पूरा नहीं हुआ। पॉलिसी चालू है। दोबारा भुगतान: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} के प्रीमियम {{premium_amount}} का भुगतान पूरा नहीं हो पाया। आपकी पॉलिसी चालू है।

अगर खाते से राशि कट गई है, तो बैंक उसे पाँच कार्य दिवसों में लौटा देगा। कृपया अपनी सुविधा से, उसी या किसी दूसरे माध्यम से दोबारा भुगतान कीजिए।`,
      },
    },
  },
  {
    ...retention,
    key: "in_grace",
    name: "In the grace period",
    description: "The due date has passed; how to keep the policy, without reproach.",
    category: "premium_due",
    link: "pay",
    callMe: true,
    words: {
      en: {
        subject: "Your policy is in its grace period",
        preheader: "The premium can still be paid and everything stays as it is.",
        email: `We have not yet received the premium of {{premium_amount}} for your policy {{policy_number}}, which was due on {{due_date}}. It happens, and there is still time: the policy is now in its grace period.

Paid within this period, the premium keeps your policy and its benefits as they are.

{button}

If you paid in the last two days, thank you, and please ignore this. If you would rather speak to somebody first, ask for a call and we will explain what is possible.`,
        button: "Pay the premium",
        sms: "Dear {{customer_name}}, the premium {{premium_amount}} for policy {{policy_number}} was due on {{due_date}}. It can still be paid within the grace period: {link} - {{company_name}}",
        whatsapp: `The premium of {{premium_amount}} for your policy {{policy_number}} was due on {{due_date}} and has not reached us yet. There is still time: the policy is in its grace period.

Paid within this period, the premium keeps your benefits as they are. If you paid in the last two days, thank you, and please ignore this.`,
      },
      hi: {
        subject: "आपकी पॉलिसी ग्रेस पीरियड में है",
        preheader: "प्रीमियम अब भी भरा जा सकता है और सब कुछ पहले जैसा रहेगा।",
        email: `आपकी पॉलिसी का प्रीमियम {{due_date}} को देय था और हमें अभी तक नहीं मिला है। ऐसा हो जाता है, और अभी समय है: पॉलिसी इस समय ग्रेस पीरियड में है।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

इस अवधि में भुगतान करने पर आपकी पॉलिसी और उसके लाभ पहले जैसे बने रहेंगे।

{button}

अगर आपने पिछले दो दिनों में भुगतान किया है, तो धन्यवाद, आपको कुछ नहीं करना है। पहले बात करना चाहें तो कॉल के लिए कहिए, हम सभी विकल्प समझा देंगे।`,
        button: "प्रीमियम भरें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का प्रीमियम {{premium_amount}}, नियत तारीख {{due_date}}, ग्रेस पीरियड में भरें: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} का प्रीमियम {{due_date}} को देय था (राशि: {{premium_amount}}) और हमें अभी तक नहीं मिला है। अभी समय है: पॉलिसी ग्रेस पीरियड में है।

इस अवधि में भुगतान करने पर आपके लाभ पहले जैसे बने रहेंगे। अगर आपने पिछले दो दिनों में भुगतान किया है, तो आपको कुछ नहीं करना है।`,
      },
    },
  },
  {
    ...retention,
    key: "auto_debit",
    name: "Set up auto-debit",
    description: "For those who pay by hand: never think of the date again.",
    category: "policy_service",
    link: "account",
    words: {
      en: {
        subject: "Let the premium of {{policy_number}} pay itself",
        preheader: "Set up auto-debit once; change or stop it whenever you like.",
        email: `You pay the premium of your policy {{policy_number}} by hand. If you like, your bank can pay it for you on the due date, so that the cover never depends on a busy week.

You approve it once, by UPI AutoPay or net banking. We tell you three days before each debit, and you can change or stop it at any time.

{button}

Your bank confirms the mandate within a day or two. Until you hear from us, please go on paying as you do now.`,
        button: "Set up auto-debit",
        sms: "Dear {{customer_name}}, the premium of policy {{policy_number}} can be paid by auto-debit. Set it up once, stop it at any time: {link} - {{company_name}}",
        whatsapp: `You pay the premium of your policy {{policy_number}} by hand. If you like, your bank can pay it for you on the due date.

You approve it once, by UPI AutoPay or net banking. We tell you three days before each debit, and you can change or stop it at any time.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} का प्रीमियम अब अपने आप",
        preheader: "ऑटो-डेबिट एक बार शुरू कीजिए; जब चाहें बदलिए या बंद कीजिए।",
        email: `आप अपनी पॉलिसी {{policy_number}} का प्रीमियम हर बार स्वयं भरते हैं। चाहें तो नियत तारीख पर यह भुगतान आपका बैंक अपने आप कर सकता है, ताकि किसी व्यस्त सप्ताह में तारीख न छूटे।

UPI AutoPay या नेट बैंकिंग से एक बार स्वीकृति दीजिए। हर डेबिट से तीन दिन पहले हम आपको बताएँगे, और आप इसे कभी भी बदल या बंद कर सकते हैं।

{button}

बैंक एक-दो दिन में पुष्टि कर देगा। हमारी सूचना मिलने तक कृपया पहले की तरह भुगतान करते रहिए।`,
        button: "ऑटो-डेबिट शुरू करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का प्रीमियम ऑटो-डेबिट से भरा जा सकता है। शुरू करें, जब चाहें रोकें: {link} - {{company_name}}",
        whatsapp: `आप अपनी पॉलिसी {{policy_number}} का प्रीमियम हर बार स्वयं भरते हैं। चाहें तो नियत तारीख पर यह भुगतान आपका बैंक अपने आप कर सकता है।

UPI AutoPay या नेट बैंकिंग से एक बार स्वीकृति दीजिए। हर डेबिट से तीन दिन पहले हम बताएँगे, और आप इसे कभी भी बंद कर सकते हैं।`,
      },
    },
  },
  {
    ...retention,
    key: "lapsed_win_back",
    name: "Lapsed policy, win back",
    description: "For a lapsed policy: what can be revived, and what it takes.",
    category: "lapsed_win_back",
    link: "renew",
    callMe: true,
    words: {
      en: {
        subject: "Your {{policy_type | downcase}} cover can be revived",
        preheader: "What it takes, and what you get back.",
        email: `Your {{policy_type | downcase}} policy {{policy_number}} has lapsed, and we would be glad to have you back.

In most cases a lapsed policy can be revived: you pay the premiums that were missed and answer a short health declaration. A revived policy keeps its original terms, which a new one at today’s age may not offer.

{button}

We work out the exact amount and tell you before you decide anything. If your needs have changed, we will say so honestly and show you a smaller plan as well.`,
        button: "See what it takes",
        sms: "Dear {{customer_name}}, your policy {{policy_number}} has lapsed. Most can be revived on the original terms. See what it takes: {link} - {{company_name}}",
        whatsapp: `Your policy {{policy_number}} has lapsed, and we would be glad to have you back.

In most cases it can be revived on its original terms: you pay the missed premiums and answer a short health declaration. We work out the exact amount before you decide anything.`,
      },
      hi: {
        subject: "आपकी बंद हुई पॉलिसी फिर शुरू हो सकती है",
        preheader: "क्या करना होगा और क्या-क्या वापस मिलेगा।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} बंद (लैप्स) हो गई है, और हमें खुशी होगी कि आप फिर से हमारे साथ जुड़ें।

अधिकतर मामलों में बंद पॉलिसी फिर शुरू हो सकती है: बकाया प्रीमियम भरना होता है और स्वास्थ्य की एक छोटी घोषणा देनी होती है। फिर शुरू हुई पॉलिसी पुरानी शर्तों पर चलती है, जो आज की उम्र में नई पॉलिसी में शायद न मिलें।

{button}

हम सही राशि निकालकर पहले आपको बताएँगे, फ़ैसला उसके बाद कीजिए। अगर आपकी ज़रूरतें बदल गई हैं, तो हम छोटी योजना भी दिखाएँगे।`,
        button: "जानें क्या करना होगा",
        sms: "प्रिय {{customer_name}}, आपकी पॉलिसी {{policy_number}} बंद हो गई है। इसे पुरानी शर्तों पर फिर शुरू किया जा सकता है। जानें: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} बंद (लैप्स) हो गई है, और हमें खुशी होगी कि आप फिर से हमारे साथ जुड़ें।

अधिकतर मामलों में यह पुरानी शर्तों पर फिर शुरू हो सकती है: बकाया प्रीमियम और स्वास्थ्य की एक छोटी घोषणा। सही राशि हम पहले बताएँगे, फ़ैसला उसके बाद कीजिए।`,
      },
    },
  },
  {
    ...retention,
    key: "maturity",
    name: "Maturity approaching",
    description: "What is paid out, which papers are needed, and the choices after.",
    category: "policy_service",
    goal: "engagement",
    link: "details",
    callMe: true,
    words: {
      en: {
        subject: "Your policy {{policy_number}} matures soon",
        preheader: "Two things to confirm, so that the money arrives on time.",
        email: `Your {{product_name}} policy {{policy_number}} will mature in the coming months. So that the amount reaches you on the day, please confirm two things: the bank account it should go to, and your current KYC.

{button}

It takes about five minutes with a cancelled cheque and your PAN at hand. We check the papers within three working days and write to you with the exact amount and the date of payment.`,
        button: "Confirm my details",
        sms: "Dear {{customer_name}}, policy {{policy_number}} matures soon. Please confirm bank account and KYC, so that the amount reaches you on time: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} will mature in the coming months. So that the amount reaches you on the day, please confirm your bank account and your KYC.

It takes about five minutes with a cancelled cheque and your PAN at hand. We check the papers within three working days and tell you the exact amount and date.`,
      },
      hi: {
        subject: "आपकी पॉलिसी {{policy_number}} जल्द परिपक्व हो रही है",
        preheader: "दो बातों की पुष्टि कर दीजिए, ताकि राशि समय पर मिले।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} आने वाले महीनों में परिपक्व हो रही है। राशि समय पर मिले, इसके लिए कृपया दो बातों की पुष्टि कर दीजिए: वह बैंक खाता जिसमें राशि आनी है, और आपका KYC।

{button}

रद्द किया हुआ चेक और पैन साथ रखिए, करीब पाँच मिनट लगेंगे। हम तीन कार्य दिवसों में कागज़ात जाँचकर आपको सही राशि और भुगतान की तारीख लिखकर बताएँगे।`,
        button: "विवरण की पुष्टि करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} जल्द परिपक्व होगी। राशि समय पर मिले, इसलिए बैंक खाता और KYC की पुष्टि करें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} आने वाले महीनों में परिपक्व हो रही है। राशि समय पर मिले, इसके लिए कृपया अपने बैंक खाते और KYC की पुष्टि कर दीजिए।

रद्द किया हुआ चेक और पैन साथ रखिए, करीब पाँच मिनट लगेंगे। कागज़ात जाँचकर हम तीन कार्य दिवसों में राशि और तारीख बताएँगे।`,
      },
    },
  },
];
