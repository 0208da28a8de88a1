import type { BuiltIn } from "./words";

const greeting = { type: "retention", goal: "engagement" } as const;

/** Birthdays, anniversaries and festivals: a wish first, and no offer in it. */
export const greetings: readonly BuiltIn[] = [
  {
    ...greeting,
    key: "birthday",
    name: "Birthday",
    description: "A wish, and nothing to buy.",
    category: "birthday",
    link: "account",
    words: {
      en: {
        subject: "Happy birthday, {{first_name}}",
        preheader: "A good year to you, from all of us.",
        email: `All of us wish you a happy birthday, and a year with health, good company and few surprises of the wrong kind.

There is nothing to do today. When you have a quiet minute this week, you could look whether your phone number and nominee are still right; many people do it once a year, on this day.

{button}

Have a lovely day.`,
        button: "Look at my details",
        sms: "Dear {{customer_name}}, happy birthday. We wish you a year of good health and good company. Your account, when you have a quiet minute: {link} - {{company_name}}",
        whatsapp: `All of us wish you a happy birthday, and a year with health, good company and few surprises of the wrong kind.

There is nothing to do today. Have a lovely day with your people.`,
      },
      hi: {
        subject: "{{first_name}} जी, जन्मदिन की शुभकामनाएँ",
        preheader: "हम सबकी ओर से आने वाला साल शुभ हो।",
        email: `हम सबकी ओर से आपको जन्मदिन की हार्दिक शुभकामनाएँ। आने वाला साल अच्छी सेहत, अपनों के साथ और सुकून से भरा हो।

आज कुछ नहीं करना है। इस सप्ताह कभी फ़ुर्सत मिले तो एक बार देख लीजिए कि आपका फ़ोन नंबर और नॉमिनी सही हैं या नहीं; बहुत से लोग साल में एक बार, इसी दिन देखते हैं।

{button}

आपका दिन मंगलमय हो।`,
        button: "मेरा विवरण देखें",
        sms: "प्रिय {{customer_name}}, जन्मदिन की हार्दिक शुभकामनाएँ। आने वाला साल सेहत और सुकून से भरा हो। आपका खाता: {link} - {{company_name}}",
        whatsapp: `हम सबकी ओर से आपको जन्मदिन की हार्दिक शुभकामनाएँ। आने वाला साल अच्छी सेहत, अपनों के साथ और सुकून से भरा हो।

आज कुछ नहीं करना है। आपका दिन मंगलमय हो।`,
      },
    },
  },
  {
    ...greeting,
    key: "policy_anniversary",
    name: "Policy anniversary",
    description: "Another year together: thanks, and what the policy did.",
    category: "birthday",
    link: "account",
    callMe: true,
    words: {
      en: {
        subject: "Another year with your {{product_name}} policy",
        preheader: "Thank you for staying with us.",
        email: `Your {{product_name}} policy {{policy_number}} completes another year with us. Thank you for your trust.

An anniversary is a good day to see what the policy holds by now: benefits added, waiting periods completed, the nominee you named.

{button}

If life has changed since last year, a marriage, a child, a home loan, ask for a call. Ten minutes are enough to see whether the cover still fits.`,
        button: "See my policy",
        sms: "Dear {{customer_name}}, policy {{policy_number}} completes another year with us. Thank you for your trust. See what it holds by now: {link} - {{company_name}}",
        whatsapp: `Your {{product_name}} policy {{policy_number}} completes another year with us. Thank you for your trust.

If life has changed since last year, a marriage, a child, a home loan, ask for a call. Ten minutes are enough to see whether the cover still fits.`,
      },
      hi: {
        subject: "आपकी {{product_name}} पॉलिसी का एक और साल पूरा",
        preheader: "हमारे साथ बने रहने के लिए धन्यवाद।",
        email: `आपकी {{product_name}} पॉलिसी {{policy_number}} ने हमारे साथ एक और साल पूरा किया। आपके भरोसे के लिए धन्यवाद।

यह देखने का अच्छा दिन है कि पॉलिसी में अब तक क्या-क्या जुड़ा: मिले हुए लाभ, पूरी हुई प्रतीक्षा अवधि, और आपका नॉमिनी।

{button}

पिछले साल में जीवन में कुछ बदला हो, जैसे विवाह, संतान या गृह ऋण, तो कॉल के लिए कहिए। दस मिनट में देख लेंगे कि कवर अब भी ठीक है या नहीं।`,
        button: "मेरी पॉलिसी देखें",
        sms: "प्रिय {{customer_name}}, पॉलिसी {{policy_number}} का एक और साल पूरा हुआ। भरोसे के लिए धन्यवाद। देखें: {link} - {{company_name}}",
        whatsapp: `आपकी {{product_name}} पॉलिसी {{policy_number}} ने हमारे साथ एक और साल पूरा किया। आपके भरोसे के लिए धन्यवाद।

पिछले साल में जीवन में कुछ बदला हो, जैसे विवाह, संतान या गृह ऋण, तो कॉल के लिए कहिए। दस मिनट में देख लेंगे कि कवर अब भी ठीक है या नहीं।`,
      },
    },
  },
  {
    ...greeting,
    key: "diwali",
    name: "Diwali",
    description: "A festival wish with one useful thought on fire and travel.",
    category: "festival",
    link: "account",
    words: {
      en: {
        subject: "Happy Diwali, {{first_name}}",
        preheader: "Light, sweets and a safe journey home.",
        email: `We wish you and your family a bright and happy Diwali, a good new year, and a safe journey to everybody who travels home.

Our claim desk is open through the holidays, day and night. It is good to have the number and your e-card on the phone, and best never to need them.

{button}

With warm wishes to your home.`,
        button: "Keep my e-card at hand",
        sms: "Dear {{customer_name}}, we wish you and your family a bright and safe Diwali. Our claim desk is open through the holidays: {link} - {{company_name}}",
        whatsapp: `We wish you and your family a bright and happy Diwali, a good new year, and a safe journey to everybody who travels home.

Our claim desk is open through the holidays, day and night. May you never need it.`,
      },
      hi: {
        subject: "{{first_name}} जी, दीपावली की शुभकामनाएँ",
        preheader: "रोशनी, मिठास और सुरक्षित सफ़र।",
        email: `आपको और आपके परिवार को दीपावली की हार्दिक शुभकामनाएँ। नया साल सुख, शांति और समृद्धि लाए, और घर लौटने वालों का सफ़र सुरक्षित हो।

त्योहार के दिनों में भी हमारी क्लेम सेवा दिन-रात खुली है। नंबर और ई-कार्ड फ़ोन में रखना अच्छा है; सबसे अच्छा यह कि उनकी ज़रूरत ही न पड़े।

{button}

आपके घर के लिए ढेरों शुभकामनाएँ।`,
        button: "ई-कार्ड साथ रखें",
        sms: "प्रिय {{customer_name}}, आपको और आपके परिवार को दीपावली की शुभकामनाएँ। हमारी क्लेम सेवा छुट्टियों में भी खुली है: {link} - {{company_name}}",
        whatsapp: `आपको और आपके परिवार को दीपावली की हार्दिक शुभकामनाएँ। नया साल सुख, शांति और समृद्धि लाए, और घर लौटने वालों का सफ़र सुरक्षित हो।

त्योहार के दिनों में भी हमारी क्लेम सेवा दिन-रात खुली है। ईश्वर करे, उसकी ज़रूरत न पड़े।`,
      },
    },
  },
  {
    ...greeting,
    key: "eid",
    name: "Eid",
    description: "Eid Mubarak, to the whole family.",
    category: "festival",
    link: "account",
    words: {
      en: {
        subject: "Eid Mubarak, {{first_name}}",
        preheader: "Peace and happiness to your home.",
        email: `Eid Mubarak to you and your family. May the day bring peace to your home and joy to your table.

Our claim desk is open on the holiday as on every other day, so you can give the day to your family with an easy mind.

{button}

With our warm wishes.`,
        button: "Keep my e-card at hand",
        sms: "Dear {{customer_name}}, Eid Mubarak to you and your family. May the day bring peace and joy to your home. Your e-card: {link} - {{company_name}}",
        whatsapp: `Eid Mubarak to you and your family. May the day bring peace to your home and joy to your table.

Our claim desk is open on the holiday as on every other day, so you can give the day to your family with an easy mind.`,
      },
      hi: {
        subject: "{{first_name}} जी, ईद मुबारक",
        preheader: "आपके घर में अमन और ख़ुशियाँ रहें।",
        email: `आपको और आपके परिवार को ईद मुबारक। यह दिन आपके घर में अमन, बरकत और ख़ुशियाँ लाए।

छुट्टी के दिन भी हमारी क्लेम सेवा रोज़ की तरह खुली है, ताकि आप बेफ़िक्र होकर यह दिन अपनों के साथ बिताएँ।

{button}

हमारी ओर से दिली मुबारकबाद।`,
        button: "ई-कार्ड साथ रखें",
        sms: "प्रिय {{customer_name}}, आपको और आपके परिवार को ईद मुबारक। आपके घर में अमन और ख़ुशियाँ रहें। ई-कार्ड: {link} - {{company_name}}",
        whatsapp: `आपको और आपके परिवार को ईद मुबारक। यह दिन आपके घर में अमन, बरकत और ख़ुशियाँ लाए।

छुट्टी के दिन भी हमारी क्लेम सेवा रोज़ की तरह खुली है, ताकि आप बेफ़िक्र होकर यह दिन अपनों के साथ बिताएँ।`,
      },
    },
  },
  {
    ...greeting,
    key: "christmas",
    name: "Christmas",
    description: "Season’s greetings before the year ends.",
    category: "festival",
    link: "account",
    words: {
      en: {
        subject: "Merry Christmas, {{first_name}}",
        preheader: "A peaceful season and a good new year.",
        email: `We wish you and your family a merry Christmas, some quiet days, and a good new year.

Thank you for the trust that you gave us this year. Our claim desk stays open through the holidays, day and night.

{button}

Until next year.`,
        button: "Keep my e-card at hand",
        sms: "Dear {{customer_name}}, merry Christmas and a good new year to you and your family. Our claim desk stays open: {link} - {{company_name}}",
        whatsapp: `We wish you and your family a merry Christmas, some quiet days, and a good new year.

Thank you for the trust that you gave us this year. Our claim desk stays open through the holidays, day and night.`,
      },
      hi: {
        subject: "{{first_name}} जी, क्रिसमस की शुभकामनाएँ",
        preheader: "सुकून भरे दिन और शुभ नया साल।",
        email: `आपको और आपके परिवार को क्रिसमस की हार्दिक शुभकामनाएँ। ये दिन सुकून से बीतें और नया साल शुभ हो।

इस साल आपने हम पर जो भरोसा किया, उसके लिए धन्यवाद। छुट्टियों में भी हमारी क्लेम सेवा दिन-रात खुली है।

{button}

नए साल में फिर मिलेंगे।`,
        button: "ई-कार्ड साथ रखें",
        sms: "प्रिय {{customer_name}}, आपको और आपके परिवार को क्रिसमस और नए साल की शुभकामनाएँ। क्लेम सेवा खुली है: {link} - {{company_name}}",
        whatsapp: `आपको और आपके परिवार को क्रिसमस की हार्दिक शुभकामनाएँ। ये दिन सुकून से बीतें और नया साल शुभ हो।

इस साल आपने हम पर जो भरोसा किया, उसके लिए धन्यवाद। छुट्टियों में भी हमारी क्लेम सेवा दिन-रात खुली है।`,
      },
    },
  },
  {
    ...greeting,
    key: "pongal_onam",
    name: "Pongal, Onam and other harvest festivals",
    description: "A harvest wish; write the name of the festival into the subject.",
    category: "festival",
    link: "account",
    words: {
      en: {
        subject: "Harvest greetings, {{first_name}}",
        preheader: "A full home and a good season.",
        email: `Our warm wishes to you and your family for the harvest festival. May the season fill your home with good food and good company.

Thank you for being with us. If you travel home for the days, our claim desk is open as always.

{button}

With our best wishes.`,
        button: "Keep my e-card at hand",
        sms: "Dear {{customer_name}}, our warm wishes to you and your family for the harvest festival. Our claim desk is open as always: {link} - {{company_name}}",
        whatsapp: `Our warm wishes to you and your family for the harvest festival. May the season fill your home with good food and good company.

If you travel home for the days, our claim desk is open as always.`,
      },
      hi: {
        subject: "{{first_name}} जी, फसल के पर्व की शुभकामनाएँ",
        preheader: "भरा-पूरा घर और शुभ मौसम।",
        email: `फसल के इस पर्व पर आपको और आपके परिवार को हार्दिक शुभकामनाएँ। यह मौसम आपके घर को अन्न, आनंद और अपनों से भर दे।

हमारे साथ बने रहने के लिए धन्यवाद। इन दिनों घर जा रहे हों तो निश्चिंत रहिए, हमारी क्लेम सेवा हमेशा की तरह खुली है।

{button}

शुभकामनाओं सहित।`,
        button: "ई-कार्ड साथ रखें",
        sms: "प्रिय {{customer_name}}, फसल के पर्व पर आपको और आपके परिवार को शुभकामनाएँ। हमारी क्लेम सेवा खुली है: {link} - {{company_name}}",
        whatsapp: `फसल के इस पर्व पर आपको और आपके परिवार को हार्दिक शुभकामनाएँ। यह मौसम आपके घर को अन्न, आनंद और अपनों से भर दे।

इन दिनों घर जा रहे हों तो निश्चिंत रहिए, हमारी क्लेम सेवा हमेशा की तरह खुली है।`,
      },
    },
  },
];
