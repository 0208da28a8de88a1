/** What scripted customers write, and how often: words as people write them, in English, Hinglish and Hindi. */
export const scriptedReplies: readonly { says: string; weight: number; words: readonly string[] }[] = [
  {
    says: "interested",
    weight: 30,
    words: [
      "Yes, I am interested",
      "Please send me the details",
      "Interested. Share the payment link",
      "haan, details bhejo",
      "मुझे यह प्लान चाहिए",
    ],
  },
  {
    says: "callback_request",
    weight: 24,
    words: [
      "Call me",
      "Please call me after 6 pm",
      "Can someone call me tomorrow morning",
      "mujhe call karo",
      "कृपया मुझे फोन करें",
    ],
  },
  {
    says: "question",
    weight: 22,
    words: [
      "What is the last date to pay?",
      "How much is the premium this year?",
      "Can I pay half yearly?",
      "kitna premium hai?",
      "प्रीमियम कितना है?",
    ],
  },
  { says: "unsubscribe", weight: 9, words: ["STOP", "Please stop sending me messages", "band karo", "रोकें"] },
  {
    says: "complaint",
    weight: 4,
    words: ["Worst service, nobody answers my calls", "My claim is still not settled, very disappointed"],
  },
  { says: "other", weight: 8, words: ["Thanks", "Ok", "धन्यवाद"] },
  { says: "auto_reply", weight: 3, words: ["I am out of office until Monday, with limited access to mail."] },
];
