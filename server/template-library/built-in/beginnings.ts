import type { BuiltIn } from "./words";

const care = { type: "retention", goal: "engagement" } as const;

/** The first weeks with a policy. */
export const beginnings: readonly BuiltIn[] = [
  {
    ...care,
    key: "welcome",
    name: "Welcome",
    description: "The first message after a purchase: what they have, and where to find it.",
    category: "welcome",
    link: "account",
    words: {
      en: {
        subject: "Welcome to {{company_name}}, {{first_name}}",
        preheader: "Your policy is active. Three things worth knowing.",
        email: `Thank you for choosing us. Your {{product_name}} policy {{policy_number}} is active from today.

Three things worth knowing: your policy schedule comes by e-mail within a day, claims are reported in one place at any hour, and for everything else you can speak to {{agent_name}}.

{button}

In the account you will find the policy, the receipts and the list of network hospitals or garages. It takes a minute to open, with the mobile number that we have for you.`,
        button: "Open my account",
        sms: "Welcome to {{company_name}}, {{customer_name}}. Policy {{policy_number}} is active. Find your documents and report claims here: {link}",
        whatsapp: `Thank you for choosing us. Your {{product_name}} policy {{policy_number}} is active from today.

The policy schedule comes by e-mail within a day. In your account you will find documents, receipts and the way to report a claim at any hour.`,
      },
      hi: {
        subject: "{{first_name}} जी, {{company_name}} में आपका स्वागत है",
        preheader: "आपकी पॉलिसी शुरू हो गई है। तीन काम की बातें।",
        email: `हमें चुनने के लिए धन्यवाद। आपकी {{product_name}} पॉलिसी {{policy_number}} आज से लागू है।

तीन काम की बातें: पॉलिसी का दस्तावेज़ एक दिन में ई-मेल से आएगा, क्लेम की सूचना किसी भी समय एक ही जगह दी जा सकती है, और बाकी हर बात के लिए आप {{agent_name}} से पूछ सकते हैं।

{button}

यहाँ आपको पॉलिसी, रसीदें और नेटवर्क अस्पतालों या गैराज की सूची मिलेगी। दर्ज मोबाइल नंबर से खाता खोलने में एक मिनट लगता है।`,
        button: "मेरा खाता खोलें",
        sms: "प्रिय {{customer_name}}, {{company_name}} में आपका स्वागत है। पॉलिसी {{policy_number}} लागू है। दस्तावेज़ और क्लेम: {link}",
        whatsapp: `हमें चुनने के लिए धन्यवाद। आपकी {{product_name}} पॉलिसी {{policy_number}} आज से लागू है।

पॉलिसी का दस्तावेज़ एक दिन में ई-मेल से आएगा। खाते में आपको दस्तावेज़, रसीदें और क्लेम की सूचना देने का तरीका मिलेगा।`,
      },
    },
  },
  {
    ...care,
    key: "policy_document",
    name: "Policy document ready",
    description: "The document can be downloaded; what to check in it.",
    category: "policy_document",
    link: "account",
    words: {
      en: {
        subject: "Your policy document is ready",
        preheader: "Four lines worth checking today.",
        email: `The document of your {{product_name}} policy {{policy_number}} is ready to download.

Please check four lines: the names as on your Aadhaar or PAN, the dates of birth, the nominee, and the sum insured. A mistake is quick to mend now and slow to mend during a claim.

{button}

If something is wrong, reply to this e-mail with the right words. The corrected document follows within two working days, without a charge.`,
        button: "Download the document",
        sms: "Dear {{customer_name}}, the document of policy {{policy_number}} is ready. Please check names, birth dates, nominee and sum insured: {link} - {{company_name}}",
        whatsapp: `The document of your {{product_name}} policy {{policy_number}} is ready to download.

Please check four lines: names, dates of birth, nominee and sum insured. If something is wrong, write to us here and the corrected document follows within two working days.`,
      },
      hi: {
        subject: "आपका पॉलिसी दस्तावेज़ तैयार है",
        preheader: "चार बातें आज ही जाँच लीजिए।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} का दस्तावेज़ डाउनलोड के लिए तैयार है।

कृपया चार बातें जाँच लीजिए: आधार या पैन के अनुसार नाम, जन्मतिथि, नॉमिनी और बीमा राशि। गलती अभी जल्दी सुधर जाती है, क्लेम के समय देर लगती है।

{button}

कुछ गलत हो तो सही विवरण लिखकर इस ई-मेल का जवाब दीजिए। सुधरा हुआ दस्तावेज़ दो कार्य दिवसों में बिना किसी शुल्क के मिल जाएगा।`,
        button: "दस्तावेज़ डाउनलोड करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का दस्तावेज़ तैयार है। नाम, जन्मतिथि, नॉमिनी और राशि जाँच लें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} का दस्तावेज़ डाउनलोड के लिए तैयार है।

कृपया चार बातें जाँच लीजिए: नाम, जन्मतिथि, नॉमिनी और बीमा राशि। कुछ गलत हो तो यहीं लिखिए, सुधरा हुआ दस्तावेज़ दो कार्य दिवसों में मिल जाएगा।`,
      },
    },
  },
  {
    ...care,
    key: "free_look",
    name: "Free-look period reminder",
    description: "The right to return a new policy, said plainly and in time.",
    category: "policy_service",
    link: "account",
    callMe: true,
    words: {
      en: {
        subject: "You can still change your mind about {{policy_number}}",
        preheader: "Your free-look period, in four sentences.",
        email: `Your {{product_name}} policy {{policy_number}} is new, and the law gives you 30 days from the day you received it to look at it in peace.

Read the benefits, the exclusions and the premium. If it is what you wanted, there is nothing to do.

{button}

If it is not, write to us within that time. We return the premium, less the cost of the medical tests, the stamp duty and the days on which you were covered.`,
        button: "Read my policy",
        sms: "Dear {{customer_name}}, you may return policy {{policy_number}} within 30 days of receiving it. Read it in peace and tell us if it does not fit: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} is new, and the law gives you 30 days from the day you received it to look at it in peace.

If it is what you wanted, there is nothing to do. If it is not, write to us within that time and we will explain how the premium is returned.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} पर आप अब भी विचार कर सकते हैं",
        preheader: "फ्री-लुक अवधि, चार वाक्यों में।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} नई है, और नियमों के अनुसार पॉलिसी मिलने के दिन से आपको 30 दिन मिलते हैं, ताकि आप इसे आराम से पढ़ सकें।

लाभ, अपवाद और प्रीमियम देख लीजिए। सब ठीक हो तो आपको कुछ नहीं करना है।

{button}

अगर पॉलिसी आपकी ज़रूरत के अनुसार न हो, तो इस अवधि में हमें लिखिए। मेडिकल जाँच, स्टाम्प ड्यूटी और कवर के दिनों का खर्च घटाकर हम प्रीमियम लौटा देंगे।`,
        button: "पॉलिसी पढ़ें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} मिलने के 30 दिन के भीतर लौटाई जा सकती है। आराम से पढ़ें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} नई है, और नियमों के अनुसार पॉलिसी मिलने के दिन से आपको इसे पढ़ने के लिए 30 दिन मिलते हैं।

सब ठीक हो तो आपको कुछ नहीं करना है। अगर पॉलिसी आपकी ज़रूरत के अनुसार न हो, तो इस अवधि में लिखिए, हम प्रीमियम लौटाने का तरीका बता देंगे।`,
      },
    },
  },
  {
    ...care,
    key: "advisor_introduction",
    name: "Your advisor, an introduction",
    description: "Who looks after them from now on, and how to reach that person.",
    category: "policy_service",
    link: "call",
    words: {
      en: {
        subject: "The person who looks after your policy",
        preheader: "One name for every question about your cover.",
        email: `From now on {{agent_name | default: "one of our advisors"}} looks after your policy {{policy_number}} and your questions about it: a change of address, a claim, a certificate, or simply what is covered.

You do not have to do anything. If you would like to meet on the phone, choose a time that suits you.

{button}

We call at the time that you choose, for ten minutes, and nothing is sold in that call.`,
        button: "Choose a time",
        sms: 'Dear {{customer_name}}, {{agent_name | default: "an advisor of ours"}} now looks after your policy {{policy_number}}. Choose a time for a short call: {link} - {{company_name}}',
        whatsapp: `From now on {{agent_name | default: "one of our advisors"}} looks after your policy {{policy_number}} and your questions about it.

You do not have to do anything. If you would like to meet on the phone, choose a time that suits you. It takes ten minutes, and nothing is sold in that call.`,
      },
      hi: {
        subject: "आपकी पॉलिसी की देखभाल अब कौन करेगा",
        preheader: "हर सवाल के लिए एक नाम।",
        email: `अब से आपकी पॉलिसी {{policy_number}} और उससे जुड़े सवालों की ज़िम्मेदारी {{agent_name | default: "हमारे सलाहकार"}} की है: पता बदलना हो, क्लेम हो, प्रमाणपत्र चाहिए हो, या बस यह जानना हो कि कवर में क्या है।

आपको कुछ नहीं करना है। फ़ोन पर परिचय करना चाहें तो अपनी सुविधा का समय चुन लीजिए।

{button}

हम आपके चुने समय पर दस मिनट के लिए कॉल करेंगे। उस कॉल में कुछ बेचा नहीं जाएगा।`,
        button: "समय चुनें",
        sms: "प्रिय {{customer_name}}, अब {{agent_name}} आपकी पॉलिसी {{policy_number}} देखेंगे। बात के लिए समय चुनें: {link} - {{company_name}}",
        whatsapp: `अब से आपकी पॉलिसी {{policy_number}} और उससे जुड़े सवालों की ज़िम्मेदारी {{agent_name | default: "हमारे सलाहकार"}} की है।

आपको कुछ नहीं करना है। फ़ोन पर परिचय करना चाहें तो समय चुन लीजिए। दस मिनट लगेंगे, और उस कॉल में कुछ बेचा नहीं जाएगा।`,
      },
    },
  },
  {
    ...care,
    key: "app_invitation",
    name: "Invitation to the app",
    description: "What the app or portal saves them, and how to open it.",
    category: "policy_service",
    link: "account",
    words: {
      en: {
        subject: "Your policies, receipts and claims in one place",
        preheader: "Opens with your mobile number, in a minute.",
        email: `Everything about your policy {{policy_number}} can be seen and done in the app and on the website: the document, the receipts, the next due date, the e-card for cashless treatment, and claims with their progress.

There is no form to fill. It opens with the mobile number that we have for you.

{button}

If the number has changed, reply to this e-mail. We will update it after a short check and tell you when you can sign in.`,
        button: "Open my account",
        sms: "Dear {{customer_name}}, see policy {{policy_number}}, receipts and claims in one place. Sign in with this mobile number: {link} - {{company_name}}",
        whatsapp: `Everything about your policy {{policy_number}} can be seen and done in one place: the document, receipts, the next due date, the e-card and claims with their progress.

There is no form to fill. It opens with this mobile number.`,
      },
      hi: {
        subject: "आपकी पॉलिसी, रसीदें और क्लेम एक ही जगह",
        preheader: "मोबाइल नंबर से एक मिनट में खुलता है।",
        email: `आपकी पॉलिसी {{policy_number}} से जुड़ी हर बात ऐप और वेबसाइट पर देखी और की जा सकती है: दस्तावेज़, रसीदें, अगली नियत तारीख, कैशलेस इलाज का ई-कार्ड, और क्लेम की प्रगति।

कोई फ़ॉर्म नहीं भरना है। खाता उसी मोबाइल नंबर से खुलता है जो हमारे पास दर्ज है।

{button}

नंबर बदल गया हो तो इस ई-मेल का जवाब दीजिए। छोटी-सी जाँच के बाद हम उसे बदल देंगे और आपको बता देंगे।`,
        button: "मेरा खाता खोलें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}}, रसीदें और क्लेम एक जगह देखें। इसी मोबाइल नंबर से: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} से जुड़ी हर बात एक ही जगह देखी और की जा सकती है: दस्तावेज़, रसीदें, अगली नियत तारीख, ई-कार्ड और क्लेम की प्रगति।

कोई फ़ॉर्म नहीं भरना है। खाता इसी मोबाइल नंबर से खुलता है।`,
      },
    },
  },
];
