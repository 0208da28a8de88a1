/** Who can bridge a call: the agent's phone first, then the customer's. A new one is a folder and a line here. */
export const telephonyProviders = {
  exotel: { label: "Exotel", callsPerMinute: 200 },
  twilio: { label: "Twilio Voice", callsPerMinute: 60 },
} as const satisfies Record<string, { label: string; callsPerMinute: number }>;
export type TelephonyProvider = keyof typeof telephonyProviders;
export const telephonyProviderKeys = Object.keys(telephonyProviders) as [
  TelephonyProvider,
  ...TelephonyProvider[],
];

/** Why a customer is called; a topic decides it, and with it the line and the hours. */
export const callPurposes = ["service", "promotional"] as const;
export type CallPurpose = (typeof callPurposes)[number];

export const purposeLabels: Record<CallPurpose, string> = { service: "Service", promotional: "Promotion" };

/** Numbers that a regulated insurer in India may call from (TRAI: 1600 for service and transactions, 140 for promotion). */
export const regulatedLines = {
  service: { series: "1600", pattern: /^\+911600\d{6}$/, example: "1600 123 456" },
  promotional: { series: "140", pattern: /^\+91140\d{7}$/, example: "140 123 4567" },
} as const satisfies Record<CallPurpose, { series: string; pattern: RegExp; example: string }>;

/** Why the phone's own dialler is closed to agents of a regulated insurer. */
export const handOffRefusal =
  "This workspace is set up as a regulated insurer in India: customers are called from its 1600 and 140 lines only, never from an agent’s own number.";

/** Who sets telephony up, and who may look at it. */
export const telephonyEditors = ["admin"] as const;
export const telephonyReaders = ["admin", "supervisor"] as const;
