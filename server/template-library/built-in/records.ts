import type { BuiltIn } from "./words";

const care = { type: "retention", goal: "engagement" } as const;

/** What must be right on file, and papers that customers need. */
export const records: readonly BuiltIn[] = [
  {
    ...care,
    key: "kyc_update",
    name: "KYC update",
    description: "A document is missing or too old; which one, and how long it takes.",
    category: "kyc_nominee",
    link: "details",
    callMe: true,
    words: {
      en: {
        subject: "Please update the KYC of policy {{policy_number}}",
        preheader: "About three minutes, with PAN and Aadhaar at hand.",
        email: `The regulator asks us to keep your identity and address documents current. For your policy {{policy_number}} they need to be renewed.

With DigiLocker it takes about three minutes. You can also upload a picture of your PAN and of one proof of address.

{button}

We confirm by e-mail within two working days. Until then your cover stays as it is; a current KYC only makes sure that payments to you are not held up.`,
        button: "Update my KYC",
        sms: "Dear {{customer_name}}, please update the KYC of policy {{policy_number}}. It takes about three minutes with PAN and Aadhaar: {link} - {{company_name}}",
        whatsapp: `The regulator asks us to keep your identity and address documents current. For your policy {{policy_number}} they need to be renewed.

With DigiLocker it takes about three minutes. We confirm within two working days, and your cover stays as it is meanwhile.`,
      },
      hi: {
        subject: "कृपया पॉलिसी {{policy_number}} का KYC अपडेट कीजिए",
        preheader: "पैन और आधार साथ रखिए, करीब तीन मिनट लगेंगे।",
        email: `नियामक के अनुसार हमें आपकी पहचान और पते के दस्तावेज़ अद्यतन रखने होते हैं। आपकी पॉलिसी {{policy_number}} के दस्तावेज़ नए सिरे से चाहिए।

डिजिलॉकर से करीब तीन मिनट लगते हैं। आप पैन और पते के किसी एक प्रमाण की तस्वीर भी अपलोड कर सकते हैं।

{button}

हम दो कार्य दिवसों में ई-मेल से पुष्टि करेंगे। तब तक आपका कवर पहले जैसा है; अद्यतन KYC से बस इतना होता है कि आपको मिलने वाला भुगतान न रुके।`,
        button: "KYC अपडेट करें",
        sms: "प्रिय {{customer_name}}, कृपया पॉलिसी {{policy_number}} का KYC अपडेट करें। पैन और आधार से तीन मिनट: {link} - {{company_name}}",
        whatsapp: `नियामक के अनुसार हमें आपकी पहचान और पते के दस्तावेज़ अद्यतन रखने होते हैं। आपकी पॉलिसी {{policy_number}} के दस्तावेज़ नए सिरे से चाहिए।

डिजिलॉकर से करीब तीन मिनट लगते हैं। हम दो कार्य दिवसों में पुष्टि करेंगे, तब तक आपका कवर पहले जैसा है।`,
      },
    },
  },
  {
    ...care,
    key: "nominee_missing",
    name: "Nominee missing",
    description: "Why a nominee matters, said gently, with one thing to do.",
    category: "kyc_nominee",
    link: "details",
    callMe: true,
    words: {
      en: {
        subject: "Who should receive the benefit of {{policy_number}}?",
        preheader: "Your policy has no nominee yet. Two minutes put it right.",
        email: `Your policy {{policy_number}} does not name a nominee yet. A nominee is the person to whom the benefit is paid without delay, when your family needs it most.

You only need the person’s name, date of birth and relation to you. You can name more than one and change it whenever you like.

{button}

We send the endorsed policy by e-mail within two working days. There is no charge for it.`,
        button: "Name a nominee",
        sms: "Dear {{customer_name}}, policy {{policy_number}} has no nominee yet. Name one in two minutes, without charge: {link} - {{company_name}}",
        whatsapp: `Your policy {{policy_number}} does not name a nominee yet. A nominee is the person to whom the benefit is paid without delay, when your family needs it most.

You only need the person's name, date of birth and relation to you. It takes two minutes and can be changed at any time.`,
      },
      hi: {
        subject: "पॉलिसी {{policy_number}} का लाभ किसे मिलना चाहिए?",
        preheader: "आपकी पॉलिसी में अभी नॉमिनी नहीं है। दो मिनट में जोड़िए।",
        email: `आपकी पॉलिसी {{policy_number}} में अभी कोई नॉमिनी दर्ज नहीं है। नॉमिनी वह व्यक्ति है जिसे लाभ की राशि बिना देरी मिलती है, ठीक उस समय जब परिवार को उसकी सबसे अधिक ज़रूरत होती है।

बस उनका नाम, जन्मतिथि और आपसे रिश्ता चाहिए। आप एक से अधिक नॉमिनी भी रख सकते हैं और जब चाहें बदल सकते हैं।

{button}

बदली हुई पॉलिसी दो कार्य दिवसों में ई-मेल से मिल जाएगी। इसका कोई शुल्क नहीं है।`,
        button: "नॉमिनी जोड़ें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} में नॉमिनी दर्ज नहीं है। दो मिनट में, बिना शुल्क जोड़ें: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} में अभी कोई नॉमिनी दर्ज नहीं है। नॉमिनी वह व्यक्ति है जिसे लाभ की राशि बिना देरी मिलती है, जब परिवार को उसकी सबसे अधिक ज़रूरत होती है।

बस उनका नाम, जन्मतिथि और आपसे रिश्ता चाहिए। दो मिनट लगते हैं, और इसे कभी भी बदला जा सकता है।`,
      },
    },
  },
  {
    ...care,
    key: "address_confirmation",
    name: "Address confirmation",
    description: "Are address, e-mail and phone still right? One tap when they are.",
    category: "policy_service",
    link: "details",
    words: {
      en: {
        subject: "Is your address with us still right?",
        preheader: "One minute, so that letters and cheques find you.",
        email: `Once a year we ask whether the address, e-mail and mobile number on your policy {{policy_number}} are still right, so that documents and payments find you.

Please look at them. If all is well, press “Confirm” there and you are done.

{button}

If something has changed, enter the new details and add one proof of address. We update them within two working days and write to you at both addresses.`,
        button: "Check my details",
        sms: "Dear {{customer_name}}, are address, e-mail and phone of policy {{policy_number}} still right? Please check in one minute: {link} - {{company_name}}",
        whatsapp: `Once a year we ask whether the address, e-mail and mobile number on your policy {{policy_number}} are still right, so that documents and payments find you.

Please look at them. If all is well, one tap confirms it. If something has changed, enter the new details there.`,
      },
      hi: {
        subject: "क्या हमारे पास आपका पता अब भी सही है?",
        preheader: "एक मिनट, ताकि पत्र और भुगतान सही जगह पहुँचें।",
        email: `साल में एक बार हम पूछते हैं कि आपकी पॉलिसी {{policy_number}} पर दर्ज पता, ई-मेल और मोबाइल नंबर अब भी सही हैं या नहीं, ताकि दस्तावेज़ और भुगतान आप तक पहुँचें।

कृपया एक बार देख लीजिए। सब ठीक हो तो वहाँ “पुष्टि करें” दबाइए, बस इतना ही।

{button}

कुछ बदला हो तो नया विवरण लिखिए और पते का एक प्रमाण जोड़िए। हम दो कार्य दिवसों में बदलाव करके दोनों पतों पर सूचना देंगे।`,
        button: "विवरण जाँचें",
        sms: "प्रिय {{customer_name}}, क्या पॉलिसी {{policy_number}} पर आपका पता और फ़ोन सही है? एक मिनट में जाँचें: {link} - {{company_name}}",
        whatsapp: `साल में एक बार हम पूछते हैं कि आपकी पॉलिसी {{policy_number}} पर दर्ज पता, ई-मेल और मोबाइल नंबर अब भी सही हैं या नहीं।

कृपया एक बार देख लीजिए। सब ठीक हो तो एक टैप में पुष्टि हो जाती है। कुछ बदला हो तो नया विवरण वहीं लिखिए।`,
      },
    },
  },
  {
    ...care,
    key: "tax_certificate",
    name: "Tax certificate (80C, 80D)",
    description: "The premium certificate for the year is ready, with what it is for.",
    category: "policy_document",
    link: "account",
    words: {
      en: {
        subject: "Your premium certificate for the tax return",
        preheader: "Ready to download, for sections 80C and 80D.",
        email: `The certificate of the premiums that you paid this financial year for policy {{policy_number}} is ready to download.

Life insurance premiums are usually claimed under section 80C, health insurance premiums under section 80D. What applies to you depends on the tax regime that you have chosen; your tax adviser can tell.

{button}

Give the PDF to your employer or keep it with your return. If a payment is missing in it, reply to this e-mail and we will send a corrected one within two working days.`,
        button: "Download certificate",
        sms: "Dear {{customer_name}}, the premium certificate of policy {{policy_number}} for sections 80C and 80D is ready. Download: {link} - {{company_name}}",
        whatsapp: `The certificate of the premiums that you paid this financial year for policy {{policy_number}} is ready to download.

It serves for sections 80C and 80D, as far as they apply to you. If a payment is missing in it, write to us here and a corrected one follows within two working days.`,
      },
      hi: {
        subject: "आयकर के लिए आपका प्रीमियम प्रमाणपत्र",
        preheader: "धारा 80C और 80D के लिए डाउनलोड हेतु तैयार।",
        email: `इस वित्त वर्ष में पॉलिसी {{policy_number}} के लिए आपने जो प्रीमियम भरे, उनका प्रमाणपत्र डाउनलोड के लिए तैयार है।

आम तौर पर जीवन बीमा का प्रीमियम धारा 80C और स्वास्थ्य बीमा का प्रीमियम धारा 80D में दिखाया जाता है। आप पर क्या लागू है, यह आपकी चुनी हुई कर व्यवस्था पर निर्भर है; अपने कर सलाहकार से पूछ लीजिए।

{button}

यह PDF नियोक्ता को दीजिए या अपने रिटर्न के साथ रखिए। कोई भुगतान छूटा हो तो इस ई-मेल का जवाब दीजिए, सुधरा हुआ प्रमाणपत्र दो कार्य दिवसों में मिल जाएगा।`,
        button: "प्रमाणपत्र डाउनलोड करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का प्रीमियम प्रमाणपत्र (80C, 80D) तैयार है। डाउनलोड: {link} - {{company_name}}",
        whatsapp: `इस वित्त वर्ष में पॉलिसी {{policy_number}} के लिए आपने जो प्रीमियम भरे, उनका प्रमाणपत्र डाउनलोड के लिए तैयार है।

यह धारा 80C और 80D के लिए है, जितना आप पर लागू हो। कोई भुगतान छूटा हो तो यहीं लिखिए, सुधरा हुआ प्रमाणपत्र दो कार्य दिवसों में मिल जाएगा।`,
      },
    },
  },
  {
    ...care,
    key: "health_check",
    name: "Health check-up reminder",
    description: "A check-up that the policy already pays for.",
    category: "policy_service",
    link: "account",
    callMe: true,
    words: {
      en: {
        subject: "Your policy pays for a health check-up",
        preheader: "Once a policy year, at a laboratory near you.",
        email: `Your {{product_name}} policy {{policy_number}} includes a preventive health check-up in each policy year, and this year’s has not been used yet.

Choose a laboratory near you and a morning that suits you. Samples can also be taken at home in most cities.

{button}

The reports go to you alone; they do not change your premium. Please fast for ten hours before, and bring a photo identity card.`,
        button: "Book the check-up",
        sms: "Dear {{customer_name}}, policy {{policy_number}} includes a health check-up this year that is not used yet. Book a morning: {link} - {{company_name}}",
        whatsapp: `Your policy {{policy_number}} includes a preventive health check-up in each policy year, and this year's has not been used yet.

Choose a laboratory near you, or a visit at home in most cities. The reports go to you alone and do not change your premium.`,
      },
      hi: {
        subject: "आपकी पॉलिसी में स्वास्थ्य जाँच शामिल है",
        preheader: "हर पॉलिसी वर्ष में एक बार, आपके पास की लैब में।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} में हर पॉलिसी वर्ष में एक निवारक स्वास्थ्य जाँच शामिल है, और इस वर्ष की जाँच अभी बाकी है।

अपने पास की लैब और अपनी सुविधा की सुबह चुन लीजिए। अधिकतर शहरों में सैंपल घर से भी लिया जा सकता है।

{button}

रिपोर्ट केवल आपको मिलती है और प्रीमियम पर उसका असर नहीं पड़ता। जाँच से दस घंटे पहले कुछ न खाइए और फ़ोटो पहचान पत्र साथ लाइए।`,
        button: "जाँच बुक करें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} में इस वर्ष की स्वास्थ्य जाँच बाकी है। बुक करें: {link} - {{company_name}}",
        whatsapp: `आपकी पॉलिसी {{policy_number}} में हर पॉलिसी वर्ष में एक निवारक स्वास्थ्य जाँच शामिल है, और इस वर्ष की जाँच अभी बाकी है।

अपने पास की लैब चुनिए; अधिकतर शहरों में सैंपल घर से भी लिया जा सकता है। रिपोर्ट केवल आपको मिलती है और प्रीमियम पर उसका असर नहीं पड़ता।`,
      },
    },
  },
];
