import type { BuiltIn } from "./words";

const offer = { type: "upselling", goal: "policy_sales" } as const;

/** Offers: each says for whom it is, what it costs them to look, and that they may say no. */
export const offers: readonly BuiltIn[] = [
  {
    ...offer,
    key: "upsell_rider",
    name: "Rider for an existing policy",
    description: "One addition to a policy they hold, with what it does.",
    category: "upsell_rider",
    link: "products",
    callMe: true,
    words: {
      en: {
        subject: "One addition to your {{product_name}} policy",
        preheader: "What a critical-illness rider does, and what it does not.",
        email: `A rider is a small addition to a policy that you already have. For your {{product_name}} policy {{policy_number}} we would look at one first: critical illness.

It pays a fixed amount when one of the listed illnesses is diagnosed, whatever the treatment costs. The money is yours to use: for treatment, for the household, for time off work.

{button}

There you see the illnesses that are covered, the waiting period and the premium for your age. It can be added at your next renewal; if you do nothing, everything stays as it is.`,
        button: "See the rider",
        sms: "Dear {{customer_name}}, a critical-illness rider can be added to policy {{policy_number}} at renewal. See what it covers and costs: {link} - {{company_name}}",
        whatsapp: `A rider is a small addition to a policy that you already have. For your policy {{policy_number}} we would look at one first: critical illness.

It pays a fixed amount when one of the listed illnesses is diagnosed, whatever the treatment costs. See what it covers and what it costs at your age; if you do nothing, everything stays as it is.`,
      },
      hi: {
        subject: "आपकी {{product_name}} पॉलिसी में एक छोटा-सा जोड़",
        preheader: "क्रिटिकल इलनेस राइडर क्या करता है और क्या नहीं।",
        email: `राइडर आपकी मौजूदा पॉलिसी में एक छोटा-सा जोड़ होता है। आपकी {{product_name}} पॉलिसी {{policy_number}} के लिए हम सबसे पहले क्रिटिकल इलनेस राइडर देखने की सलाह देंगे।

सूची में दी गई किसी गंभीर बीमारी का पता चलने पर यह एक निश्चित राशि देता है, इलाज का खर्च चाहे जितना हो। यह राशि आप अपनी मर्ज़ी से खर्च कर सकते हैं: इलाज, घर, या काम से छुट्टी के दिनों में।

{button}

वहाँ शामिल बीमारियाँ, प्रतीक्षा अवधि और आपकी उम्र के लिए प्रीमियम दिया है। इसे अगले नवीनीकरण पर जोड़ा जा सकता है; न जोड़ें तो सब कुछ पहले जैसा रहेगा।`,
        button: "राइडर देखें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} में नवीनीकरण पर क्रिटिकल इलनेस राइडर जोड़ा जा सकता है। देखें: {link} - {{company_name}}",
        whatsapp: `राइडर आपकी मौजूदा पॉलिसी में एक छोटा-सा जोड़ होता है। आपकी पॉलिसी {{policy_number}} के लिए हम सबसे पहले क्रिटिकल इलनेस राइडर देखने की सलाह देंगे।

सूची में दी गई किसी गंभीर बीमारी का पता चलने पर यह एक निश्चित राशि देता है, इलाज का खर्च चाहे जितना हो। न जोड़ें तो सब कुछ पहले जैसा रहेगा।`,
      },
    },
  },
  {
    ...offer,
    key: "cross_sell",
    name: "Health cover for the family",
    description: "For holders of another policy who have no health cover with us.",
    category: "cross_sell",
    link: "quote",
    callMe: true,
    words: {
      en: {
        subject: "A thought about your family’s health cover",
        preheader: "If you have one from your employer only, read this.",
        email: `You hold a {{policy_type | downcase}} policy with us, and no health policy. Perhaps you are covered elsewhere; if that is your employer’s cover, it ends with the job.

A family floater covers you, your partner and the children under one sum. Started while everybody is well, its waiting periods are behind you when it matters.

{button}

You answer five questions and see the price at once. No number is passed on, and nobody calls unless you ask for it.`,
        button: "See a price",
        sms: "Dear {{customer_name}}, one health plan can cover your whole family. Five questions, a price at once, no calls unless you ask: {link} - {{company_name}}",
        whatsapp: `You hold a policy with us, and no health policy. Perhaps you are covered elsewhere; if that is your employer's cover, it ends with the job.

A family floater covers you, your partner and the children under one sum. Five questions show you a price at once, and nobody calls unless you ask for it.`,
      },
      hi: {
        subject: "आपके परिवार के स्वास्थ्य बीमा के बारे में एक विचार",
        preheader: "अगर कवर केवल नौकरी से मिला है, तो इसे पढ़िए।",
        email: `आपकी एक पॉलिसी हमारे पास है, पर स्वास्थ्य बीमा नहीं। हो सकता है आपका कवर कहीं और हो; अगर वह नियोक्ता का है, तो नौकरी के साथ समाप्त हो जाता है।

फ़ैमिली फ़्लोटर में आप, आपके जीवनसाथी और बच्चे एक ही बीमा राशि में आ जाते हैं। स्वस्थ रहते शुरू करने पर प्रतीक्षा अवधि पहले ही पूरी हो जाती है।

{button}

पाँच सवालों के जवाब दीजिए और प्रीमियम तुरंत देखिए। आपका नंबर किसी को नहीं दिया जाएगा, और आपके कहे बिना कोई कॉल नहीं करेगा।`,
        button: "प्रीमियम देखें",
        sms: "प्रिय {{customer_name}}, पूरे परिवार के लिए एक स्वास्थ्य योजना। पाँच सवाल, प्रीमियम तुरंत, बिना कहे कोई कॉल नहीं: {link} - {{company_name}}",
        whatsapp: `आपकी एक पॉलिसी हमारे पास है, पर स्वास्थ्य बीमा नहीं। हो सकता है आपका कवर कहीं और हो; अगर वह नियोक्ता का है, तो नौकरी के साथ समाप्त हो जाता है।

फ़ैमिली फ़्लोटर में पूरा परिवार एक ही बीमा राशि में आ जाता है। पाँच सवालों में प्रीमियम देखिए; आपके कहे बिना कोई कॉल नहीं करेगा।`,
      },
    },
  },
  {
    ...offer,
    key: "monsoon_motor",
    name: "Motor add-on for the monsoon",
    description: "Engine and roadside cover before the rains.",
    category: "upsell_rider",
    link: "products",
    words: {
      en: {
        subject: "Before the rains: cover for your engine",
        preheader: "Water in the engine is not part of a standard motor policy.",
        email: `The monsoon is near, and one thing surprises many drivers: a standard motor policy does not pay when water gets into the engine.

The engine-protection add-on does, and roadside assistance brings a tow truck when the car stands in the water. One rule helps in any case: if the car has stopped in water, do not start it again.

{button}

There you see whether your policy {{policy_number}} has it already, and the price if it does not. It can be added at renewal.`,
        button: "Check my motor cover",
        sms: "Dear {{customer_name}}, a standard motor policy does not cover water in the engine. Check policy {{policy_number}} before the rains: {link} - {{company_name}}",
        whatsapp: `The monsoon is near, and one thing surprises many drivers: a standard motor policy does not pay when water gets into the engine.

The engine-protection add-on does. See whether your policy {{policy_number}} has it already. And in any case: if the car has stopped in water, do not start it again.`,
      },
      hi: {
        subject: "बारिश से पहले: आपके इंजन का कवर",
        preheader: "इंजन में पानी जाना सामान्य मोटर पॉलिसी में शामिल नहीं है।",
        email: `मानसून पास है, और एक बात बहुत से चालकों को बाद में पता चलती है: इंजन में पानी चला जाए तो सामान्य मोटर पॉलिसी उसका भुगतान नहीं करती।

इंजन प्रोटेक्शन ऐड-ऑन करता है, और रोडसाइड असिस्टेंस पानी में फँसी गाड़ी के लिए टो ट्रक भेजता है। एक नियम हर हाल में काम आता है: गाड़ी पानी में बंद हो जाए तो उसे दोबारा स्टार्ट मत कीजिए।

{button}

वहाँ देखिए कि आपकी पॉलिसी {{policy_number}} में यह है या नहीं, और न हो तो इसका प्रीमियम। इसे नवीनीकरण पर जोड़ा जा सकता है।`,
        button: "मोटर कवर जाँचें",
        sms: "प्रिय {{customer_name}}, इंजन में पानी जाना सामान्य मोटर पॉलिसी में शामिल नहीं। पॉलिसी {{policy_number}} जाँचें: {link} - {{company_name}}",
        whatsapp: `मानसून पास है, और एक बात बहुत से चालकों को बाद में पता चलती है: इंजन में पानी चला जाए तो सामान्य मोटर पॉलिसी उसका भुगतान नहीं करती।

इंजन प्रोटेक्शन ऐड-ऑन करता है। देख लीजिए कि आपकी पॉलिसी {{policy_number}} में यह है या नहीं। और गाड़ी पानी में बंद हो जाए तो उसे दोबारा स्टार्ट मत कीजिए।`,
      },
    },
  },
  {
    ...offer,
    key: "senior_citizen",
    name: "Health plan for parents",
    description: "For customers whose parents have no cover of their own.",
    category: "new_product",
    link: "quote",
    callMe: true,
    words: {
      en: {
        subject: "Health cover for your parents",
        preheader: "A plan that takes people in up to 75, with what to look for.",
        email: `Many of us think of our own cover first and of our parents’ when the hospital asks. A plan for senior citizens takes people in up to the age of 75.

Three things to look for, with us or elsewhere: how long existing illnesses wait, whether there is a co-payment, and whether the hospital you trust is in the network.

{button}

You see the price for their age after five questions. If you would rather talk it through, {{agent_name | default: "one of our advisors"}} will call at a time that you choose.`,
        button: "See a price",
        sms: "Dear {{customer_name}}, our senior citizen health plan takes parents in up to 75. Five questions show a price: {link} - {{company_name}}",
        whatsapp: `Many of us think of our own cover first and of our parents' when the hospital asks. A plan for senior citizens takes people in up to the age of 75.

Three things to look for, with us or elsewhere: the wait for existing illnesses, a co-payment, and whether the hospital you trust is in the network.`,
      },
      hi: {
        subject: "आपके माता-पिता के लिए स्वास्थ्य बीमा",
        preheader: "75 वर्ष तक प्रवेश, और किन बातों पर ध्यान दें।",
        email: `हम अक्सर पहले अपना कवर देखते हैं, और माता-पिता का तब याद आता है जब अस्पताल पूछता है। वरिष्ठ नागरिक योजना में 75 वर्ष की उम्र तक प्रवेश मिलता है।

योजना हमारी हो या किसी और की, तीन बातें देखिए: पुरानी बीमारियों की प्रतीक्षा अवधि, को-पेमेंट है या नहीं, और आपका भरोसेमंद अस्पताल नेटवर्क में है या नहीं।

{button}

पाँच सवालों के बाद उनकी उम्र के लिए प्रीमियम दिख जाएगा। बात करके समझना चाहें तो {{agent_name | default: "हमारे सलाहकार"}} आपके चुने समय पर कॉल करेंगे।`,
        button: "प्रीमियम देखें",
        sms: "प्रिय {{customer_name}}, वरिष्ठ नागरिक स्वास्थ्य योजना में माता-पिता को 75 वर्ष तक प्रवेश। प्रीमियम देखें: {link} - {{company_name}}",
        whatsapp: `हम अक्सर पहले अपना कवर देखते हैं, और माता-पिता का तब याद आता है जब अस्पताल पूछता है। वरिष्ठ नागरिक योजना में 75 वर्ष की उम्र तक प्रवेश मिलता है।

तीन बातें देखिए: पुरानी बीमारियों की प्रतीक्षा अवधि, को-पेमेंट, और आपका भरोसेमंद अस्पताल नेटवर्क में है या नहीं।`,
      },
    },
  },
];
