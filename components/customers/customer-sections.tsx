import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { formatAttributeValue } from "@/server/attributes/schemas";
import type { CustomerDetail } from "@/server/customers/get";
import { languageLabel } from "@/server/customers/schemas";
import { formatDate, formatMoney } from "@/server/platform/format";
import { ConsentList } from "./consent-list";
import { FactRows } from "./fact-rows";
import { MessageRows } from "./message-rows";
import { paymentLook, policyLook, sentence, spelled } from "./words";

/** Everything that is known about a customer, part by part; the same in the panel and on the page. */
export function CustomerSections({ customer, zone }: { customer: CustomerDetail; zone: string }) {
  return (
    <>
      {customer.suppression && (
        <Notice tone="attention" title="No mail goes to this e-mail address">
          {sentence(customer.suppression.reason)} on {formatDate(customer.suppression.at, zone)}.
        </Notice>
      )}
      <Card title="Profile">
        <DescriptionList
          items={[
            { term: "E-mail", value: customer.email },
            { term: "Phone", value: customer.phone },
            { term: "City", value: customer.city },
            { term: "Language", value: languageLabel(customer.language) },
            { term: "Birth date", value: customer.birthDate && formatDate(customer.birthDate, "UTC") },
            { term: "External id", value: customer.externalId },
            { term: "Advisor", value: customer.advisorName },
            { term: "Engagement", value: `${customer.engagementScore} of 100` },
            ...attributeFacts(customer),
            { term: "Added", value: <Time value={customer.createdAt} zone={zone} /> },
          ]}
        />
      </Card>
      <Card title="Policies" flush>
        <FactRows
          empty="No policies."
          rows={customer.policies.map((policy) => ({
            id: policy.id,
            title: policy.productName,
            detail: `${policy.policyNumber} · ${formatMoney(policy.premium, policy.currency, 0)} ${spelled(policy.paymentMode)}${
              policy.renewalDate ? ` · renews ${formatDate(policy.renewalDate, "UTC")}` : ""
            }`,
            status: policyLook(policy.status),
          }))}
        />
      </Card>
      <Card title="Premium payments" flush>
        <FactRows
          empty="No payments."
          rows={customer.payments.map((payment) => ({
            id: payment.id,
            title: formatMoney(payment.amount, payment.currency, 0),
            detail: `${payment.policyNumber} · due ${formatDate(payment.dueDate, "UTC")}`,
            status: paymentLook(payment.status),
          }))}
        />
      </Card>
      <Card title="Messages" flush>
        <MessageRows messages={customer.messages} zone={zone} />
      </Card>
      <Card title="Consent" flush>
        <ConsentList consents={customer.consents} zone={zone} />
      </Card>
      <Card title="Latest events" flush>
        <FactRows
          empty="Nothing has happened yet."
          rows={customer.events.map((event) => ({
            id: event.id,
            title: sentence(event.name),
            detail: Object.entries(event.properties)
              .filter(([name]) => name !== "currency")
              .map(([name, value]) => `${spelled(name)}: ${value}`)
              .join(" · "),
            aside: <Time value={event.occurredAt} zone={zone} />,
          }))}
        />
      </Card>
    </>
  );
}

/** The defined attributes by name, also without a value; then what came in under keys that nobody defined. */
function attributeFacts({
  definitions,
  attributes,
}: CustomerDetail): { term: string; value: string | null }[] {
  const known = new Set(definitions.map(({ key }) => key));
  return [
    ...definitions
      .filter(({ key, archived }) => !archived || attributes[key] != null)
      .map((each) => ({ term: each.label, value: formatAttributeValue(each, attributes[each.key]) })),
    ...Object.entries(attributes)
      .filter(([key]) => !known.has(key))
      .map(([key, value]) => ({ term: sentence(key), value: formatAttributeValue(undefined, value) })),
  ];
}
