import type { TelephonyProvider } from "@/server/telephony/status";

/** One setting of a provider, and where a person finds it. */
export type TelephonyField = {
  name: string;
  label: string;
  help: string;
  secret?: boolean;
  options?: readonly { value: string; label: string }[];
  initial?: string;
};

/** The settings of each provider, in the order in which its console shows them. */
export const telephonyFields: Record<TelephonyProvider, readonly TelephonyField[]> = {
  exotel: [
    { name: "accountSid", label: "Account SID", help: "Exotel › Settings › API settings." },
    {
      name: "region",
      label: "Region",
      help: "The API subdomain on the same page: api.in.exotel.com is Mumbai.",
      options: [
        { value: "mumbai", label: "Mumbai" },
        { value: "singapore", label: "Singapore" },
      ],
      initial: "mumbai",
    },
    { name: "apiKey", label: "API key", help: "On the same page, the user name of the API.", secret: true },
    { name: "apiToken", label: "API token", help: "Beside the key, the password of the API.", secret: true },
  ],
  twilio: [
    {
      name: "accountSid",
      label: "Account SID",
      help: "On the first page of the Twilio console, under “Account info”. It begins with AC.",
    },
    {
      name: "authToken",
      label: "Auth token",
      help: "Below the account SID; press “Show”. It also proves that what comes in was posted by Twilio.",
      secret: true,
    },
  ],
};

/** Where a provider is told to report calls that nobody took. */
export const missedCallHelp: Record<TelephonyProvider, string> = {
  exotel:
    "In Exotel’s flow of your number, add a Passthru applet where nobody answers the Connect applet, paste this as its URL, and tick “Make Passthru Async”.",
  twilio:
    "In Twilio’s console, open your number and paste this at “Call status changes”. Where TwiML of yours dials agents, whether one of them answered is asked of Twilio; given to its <Dial> as action too, it is told at once.",
};
