import { Liquid } from "liquidjs";
import { createTransport } from "nodemailer";
import postgres from "postgres";
import { env } from "@/env";
import { runContentSchema } from "@/server/campaigns/content";
import { compileBodies } from "@/server/templates";
import { message } from "./arrange";

/**
 * The usual way, in a process of its own and at its best: recipients fetched by the thousand, a template that is parsed once,
 * nodemailer's pool of ten, ten messages at once, and one UPDATE for each. It sends the same words in the same layout.
 * Argument: the workspace. Sends all its `usual_messages` when it is told to, and says when it is done.
 */
const [workspaceId = ""] = process.argv.slice(2);
const AT_ONCE = 10;

type Recipient = {
  id: string;
  email: string;
  name: string;
  policy: string;
  product: string;
  premium: string;
  renewal: string;
};

const sql = postgres(env.DATABASE_URL, { max: 10, onnotice: () => {} });
const transport = createTransport({
  url: `${env.SMTP_URL}?pool=true&maxConnections=10&maxMessages=100000`,
});
const liquid = new Liquid();
const layout = await writeLayout();
const parsed = {
  subject: liquid.parse(layout.subject),
  html: liquid.parse(layout.html),
  text: liquid.parse(layout.text),
};

async function sendAll(): Promise<void> {
  for (;;) {
    const recipients = await sql<Recipient[]>`
      select m.id, c.email, c.name, p.policy_number as policy, p.product_name as product,
        (p.premium_micros / 1000000)::text as premium, p.renewal_date::text as renewal
      from usual_messages m join customers c on c.id = m.customer_id join policies p on p.customer_id = c.id
      where m.workspace_id = ${workspaceId} and m.status = 'pending' limit 1000`;
    if (recipients.length === 0) return;
    const waiting = recipients.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const recipient of waiting) await sendOne(recipient);
      }),
    );
  }
}

async function sendOne(recipient: Recipient): Promise<void> {
  const values = {
    public_id: recipient.id,
    customer_name: recipient.name,
    first_name: recipient.name.split(" ")[0],
    policy_number: recipient.policy,
    product_name: recipient.product,
    premium_amount: `₹${recipient.premium}`,
    renewal_date: recipient.renewal,
  };
  const info = await transport.sendMail({
    from: { name: "Suraksha Insurance", address: "no-reply@ringback.invalid" },
    to: { name: recipient.name, address: recipient.email },
    subject: String(liquid.renderSync(parsed.subject, values)),
    html: String(liquid.renderSync(parsed.html, values)),
    text: String(liquid.renderSync(parsed.text, values)),
    headers: { "X-Ringback-Id": recipient.id },
  });
  await sql`
    update usual_messages set status = 'sent', message_id = ${info.messageId}, sent_at = clock_timestamp()
    where id = ${recipient.id}`;
}

/** Our own layout with Liquid's tags in the places of the values. */
async function writeLayout(): Promise<{ subject: string; html: string; text: string }> {
  const content = runContentSchema.parse({
    channels: ["email"],
    languages: ["en"],
    category: "renewal_reminder",
    purpose: "service",
    bodies: { email: { en: { ...message, preheader: "" } } },
    fallbacks: {},
    companyName: "Suraksha Insurance",
    fromName: "Suraksha Insurance",
  });
  const body = compileBodies(content).body("email", "en");
  if (!body) throw new Error("no body");
  const names = [
    "customer_name",
    "first_name",
    "policy_number",
    "product_name",
    "premium_amount",
    "renewal_date",
  ];
  const rendered = (await body.renderer())(Object.fromEntries(names.map((name) => [name, `{{ ${name} }}`])), {
    locale: "en-IN",
    currency: "INR",
    company: { companyName: "Suraksha Insurance", accent: null, address: "", logoUrl: null },
    imageUrl: (fileId) => fileId,
    linkUrl: (index) => `${env.RINGBACK_URL}/t/c/{{ public_id }}/${index}`,
    shortUrl: (index) => `${env.RINGBACK_URL}/c/{{ public_id }}/${index}`,
    unsubscribeUrl: null,
    preferencesUrl: `${env.RINGBACK_URL}/preferences/{{ public_id }}`,
    pixelUrl: `${env.RINGBACK_URL}/t/o/{{ public_id }}`,
  });
  if (!rendered.ok || rendered.content.channel !== "email") throw new Error("no mail");
  return rendered.content;
}

process.on("message", () => {
  void sendAll().then(() => process.send?.("done"));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
