import type { CallbackMessageKind } from "../status";

type Words = { subject: string; body: string; leadMinutes: number };

/** What the queue says in a workspace that has written nothing of its own. */
export const defaultMessages: Record<CallbackMessageKind, Words> = {
  booking_link: {
    subject: "We tried to call you",
    body: `Dear {{first_name | default: "customer"}},

We tried to call you about your request ({{call_topic}}) and could not reach you. We will try again.

To choose a time that suits you, use this link:

[Choose a time]({{callback_link}})

{{company_name}}`,
    leadMinutes: 60,
  },
  reminder: {
    subject: "We call you at {{call_time}}",
    body: `Dear {{first_name | default: "customer"}},

We will call you on {{call_time}} about your request ({{call_topic}}).

If another time is better, or you do not need the call any more:

[Change the call]({{callback_link}})

{{company_name}}`,
    leadMinutes: 60,
  },
  not_reached: {
    subject: "We could not reach you",
    body: `Dear {{first_name | default: "customer"}},

We tried several times to call you about your request ({{call_topic}}), and have stopped for now.

If you still want the call, choose a time and we will keep it:

[Book a call]({{callback_link}})

{{company_name}}`,
    leadMinutes: 60,
  },
  satisfaction: {
    subject: "How was our call?",
    body: `Dear {{first_name | default: "customer"}},

Thank you for talking with us. How was the call? One press is enough:

[Tell us, from 1 to 5]({{callback_link}})

{{company_name}}`,
    leadMinutes: 60,
  },
};
