"use client";

import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { formatAttributeValue } from "@/server/attributes/schemas";
import type { CustomerDetail } from "@/server/customers/get";
import { languageLabel } from "@/server/customers/schemas";
import { formatDate } from "@/server/platform/format";
import { sentence } from "./words";

type Fact = { term: string; value: ReactNode };

type ProfileCardProps = { customer: CustomerDetail; zone: string; actions?: ReactNode };

/** Who the customer is. On a phone the addresses stand first and the rest behind a button, so that the timeline is near. */
export function ProfileCard({ customer, zone, actions }: ProfileCardProps) {
  const [open, setOpen] = useState(false);
  const masked = customer.masked ? " (masked)" : "";
  const more: Fact[] = [
    { term: "Language", value: languageLabel(customer.language) },
    { term: "Birth date", value: customer.birthDate && formatDate(customer.birthDate, "UTC") },
    { term: "External id", value: customer.externalId },
    { term: "Advisor", value: customer.advisorName },
    ...attributeFacts(customer),
    { term: "Added", value: <Time value={customer.createdAt} zone={zone} /> },
  ];
  return (
    <Card title="Profile" actions={actions}>
      <DescriptionList
        items={[
          { term: `Phone${masked}`, value: customer.phone },
          { term: `E-mail${masked}`, value: customer.email && <Email address={customer.email} /> },
          { term: "City", value: customer.city },
          ...more.map((fact) => ({ ...fact, className: open ? undefined : "max-lg:hidden" })),
        ]}
      />
      <Button
        size="sm"
        variant="ghost"
        className="mt-2 -ml-2 lg:hidden"
        aria-expanded={open}
        icon={<ChevronDown aria-hidden className={cn("transition-transform", open && "rotate-180")} />}
        onClick={() => setOpen(!open)}
      >
        {open ? "Less" : "More"}
      </Button>
    </Card>
  );
}

/** A long address breaks before its host, not inside a word. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf("@");
  if (at < 1) return address;
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  );
}

/** The defined attributes by name, also without a value; then what came in under keys that nobody defined. */
function attributeFacts({ definitions, attributes }: CustomerDetail): Fact[] {
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
