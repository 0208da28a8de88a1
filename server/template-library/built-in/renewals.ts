import type { BuiltIn } from "./words";

const renewal = { category: "renewal_reminder", type: "retention", goal: "renewal_rate" } as const;

/** Reminders before a policy renews, each shorter than the one before. */
export const renewals: readonly BuiltIn[] = [
  {
    ...renewal,
    key: "renewal_30",
    name: "Renewal reminder, 30 days before",
    description: "The first notice: what is due, when, and time to ask.",
    link: "renew",
    callMe: true,
    words: {
      en: {
        subject: "Your {{product_name}} policy renews on {{renewal_date}}",
        preheader: "A month in hand to check your cover and ask us anything.",
        email: `Your {{product_name}} policy {{policy_number}} is due for renewal on **{{renewal_date}}**. The premium is {{premium_amount}}.

You have a month, so this is a good time to see whether the cover still fits: a new address, a new family member, a changed income. If anything is different, tell us and we will adjust it before you pay.

{button}

Once you renew, the new policy schedule reaches you by e-mail within a day. Your waiting periods and no-claim benefits go on as they are.`,
        button: "Review and renew",
        sms: "Dear {{customer_name}}, policy {{policy_number}} renews on {{renewal_date}}. Premium {{premium_amount}}. Check your cover and renew: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} is due for renewal on {{renewal_date}}. The premium is {{premium_amount}}.

There is a month in hand. If your address, family or income has changed, tell us and we will adjust the cover before you pay.`,
      },
      hi: {
        subject: "आपकी {{product_name}} पॉलिसी का नवीनीकरण {{renewal_date}} को है",
        preheader: "एक महीना बाकी है: कवर देख लीजिए, कुछ पूछना हो तो पूछ लीजिए।",
        email: `आपकी {{product_name}} पॉलिसी का नवीनीकरण **{{renewal_date}}** को होना है।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

अभी एक महीना बाकी है, इसलिए एक बार देख लीजिए कि कवर आपकी ज़रूरत के अनुसार है या नहीं। पता, परिवार या आय में कुछ बदला हो तो बताइए, हम भुगतान से पहले ही सुधार कर देंगे।

{button}

नवीनीकरण होते ही नई पॉलिसी एक दिन के भीतर ई-मेल से मिल जाएगी। आपका नो-क्लेम लाभ और पूरी हो चुकी प्रतीक्षा अवधि बनी रहेगी।`,
        button: "देखें और नवीनीकरण करें",
        sms: "प्रिय {{customer_name}}, आपकी पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को है। प्रीमियम {{premium_amount}}। देखें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को होना है। प्रीमियम: {{premium_amount}}।

अभी एक महीना बाकी है। पता, परिवार या आय में कुछ बदला हो तो बताइए, हम भुगतान से पहले कवर में सुधार कर देंगे।`,
      },
    },
  },
  {
    ...renewal,
    key: "renewal_15",
    name: "Renewal reminder, 15 days before",
    description: "Two weeks to go: the amount, and how little it takes.",
    link: "renew",
    callMe: true,
    words: {
      en: {
        subject: "Two weeks until your policy renews",
        preheader: "Due on {{renewal_date}}. It takes about two minutes.",
        email: `Your {{product_name}} policy {{policy_number}} is due for renewal on **{{renewal_date}}**, in about two weeks. The premium is {{premium_amount}}.

Renewing takes about two minutes by UPI, card or net banking.

{button}

You will get the receipt at once, and the new policy schedule within a day. If you have paid already, there is nothing left to do.`,
        button: "Renew my policy",
        sms: "Dear {{customer_name}}, policy {{policy_number}} is due for renewal on {{renewal_date}}, premium {{premium_amount}}. Renew in two minutes: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} is due for renewal on {{renewal_date}}, in about two weeks. The premium is {{premium_amount}}.

It takes about two minutes by UPI, card or net banking, and the receipt comes at once. If you have paid already, there is nothing left to do.`,
      },
      hi: {
        subject: "आपकी पॉलिसी के नवीनीकरण में दो सप्ताह बाकी हैं",
        preheader: "नियत तारीख {{renewal_date}}। करीब दो मिनट लगेंगे।",
        email: `आपकी {{product_name}} पॉलिसी का नवीनीकरण **{{renewal_date}}** को होना है, यानी करीब दो सप्ताह बाद।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

UPI, कार्ड या नेट बैंकिंग से नवीनीकरण में करीब दो मिनट लगते हैं।

{button}

रसीद तुरंत और नई पॉलिसी एक दिन के भीतर मिल जाएगी। अगर आप भुगतान कर चुके हैं, तो आपको कुछ नहीं करना है।`,
        button: "नवीनीकरण करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को है, प्रीमियम {{premium_amount}}। नवीनीकरण करें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को होना है। प्रीमियम: {{premium_amount}}।

UPI, कार्ड या नेट बैंकिंग से करीब दो मिनट लगते हैं, और रसीद तुरंत मिल जाती है। अगर आप भुगतान कर चुके हैं, तो आपको कुछ नहीं करना है।`,
      },
    },
  },
  {
    ...renewal,
    key: "renewal_7",
    name: "Renewal reminder, 7 days before",
    description: "A week to go: what continues when the renewal is on time.",
    link: "renew",
    callMe: true,
    words: {
      en: {
        subject: "Your policy renews in a week",
        preheader: "What stays as it is when you renew by {{renewal_date}}.",
        email: `Your {{product_name}} policy {{policy_number}} is due for renewal on **{{renewal_date}}**. The premium is {{premium_amount}}.

Renewed by that day, the cover runs on without a gap, and the waiting periods and no-claim benefits that you have earned stay yours.

{button}

If the amount is difficult just now, ask for a call. We can look at paying monthly or at another sum insured together.`,
        button: "Renew my policy",
        sms: "Dear {{customer_name}}, policy {{policy_number}} renews on {{renewal_date}}, premium {{premium_amount}}. Renew by then and your cover runs on: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} is due for renewal on {{renewal_date}}. The premium is {{premium_amount}}.

Renewed by that day, the cover runs on without a gap. If the amount is difficult just now, ask for a call and we will look at other ways to pay.`,
      },
      hi: {
        subject: "आपकी पॉलिसी का नवीनीकरण एक सप्ताह में है",
        preheader: "{{renewal_date}} तक नवीनीकरण करने पर सब कुछ पहले जैसा चलता रहेगा।",
        email: `आपकी {{product_name}} पॉलिसी का नवीनीकरण **{{renewal_date}}** को होना है।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

इस तारीख तक नवीनीकरण करने पर कवर बिना रुकावट चलता रहेगा, और आपकी पूरी हो चुकी प्रतीक्षा अवधि और नो-क्लेम लाभ भी बने रहेंगे।

{button}

अगर अभी पूरी राशि देना कठिन हो, तो हमें बताइए। हम मासिक भुगतान या दूसरी बीमा राशि का विकल्प साथ बैठकर देख सकते हैं।`,
        button: "नवीनीकरण करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को है, प्रीमियम {{premium_amount}}। कवर जारी रखें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को होना है। प्रीमियम: {{premium_amount}}।

इस तारीख तक नवीनीकरण करने पर कवर बिना रुकावट चलता रहेगा। अभी पूरी राशि देना कठिन हो तो कॉल के लिए कहिए, हम दूसरे विकल्प देखेंगे।`,
      },
    },
  },
  {
    ...renewal,
    key: "renewal_1",
    name: "Renewal reminder, the day before",
    description: "The last, short notice, with help at hand.",
    link: "renew",
    callMe: true,
    words: {
      en: {
        subject: "Your policy is due tomorrow",
        preheader: "Two minutes today keep the cover running.",
        email: `A short reminder: your {{product_name}} policy {{policy_number}} is due for renewal on **{{renewal_date}}**. The premium is {{premium_amount}}.

{button}

As soon as the payment arrives, we send the receipt and the cover continues. If something is not working, reply to this e-mail or ask for a call and one of us will complete it with you.`,
        button: "Renew now",
        sms: "Dear {{customer_name}}, policy {{policy_number}} is due on {{renewal_date}}. Premium {{premium_amount}}. Renew here, or reply if you need help: {link} - {{company_name}}",
        whatsapp: `A short reminder: your {{product_name}} policy {{policy_number}} is due for renewal on {{renewal_date}}. The premium is {{premium_amount}}.

The receipt comes as soon as the payment arrives. If something is not working, ask for a call and one of us will complete it with you.`,
      },
      hi: {
        subject: "आपकी पॉलिसी का नवीनीकरण कल है",
        preheader: "आज के दो मिनट, और कवर जारी रहेगा।",
        email: `एक छोटा-सा स्मरण: आपकी {{product_name}} पॉलिसी का नवीनीकरण **{{renewal_date}}** को होना है।

पॉलिसी नंबर: {{policy_number}}
प्रीमियम: {{premium_amount}}

{button}

भुगतान मिलते ही हम रसीद भेज देंगे और कवर जारी रहेगा। कहीं दिक्कत आ रही हो तो इस ई-मेल का जवाब दीजिए या कॉल के लिए कहिए, हम साथ मिलकर पूरा कर देंगे।`,
        button: "अभी नवीनीकरण करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को है। प्रीमियम {{premium_amount}}। {link} - {{company_name}}",
        whatsapp: `एक छोटा-सा स्मरण: आपकी {{product_name}} पॉलिसी {{policy_number}} का नवीनीकरण {{renewal_date}} को होना है। प्रीमियम: {{premium_amount}}।

भुगतान मिलते ही रसीद आ जाएगी। कहीं दिक्कत आ रही हो तो कॉल के लिए कहिए, हम साथ मिलकर पूरा कर देंगे।`,
      },
    },
  },
];
