"use client";

import { PhoneCall, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CustomerPicker, type PickedCustomer } from "@/components/customers/customer-picker";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { newKey } from "@/components/ui/new-key";
import { Select } from "@/components/ui/select";
import { useShortcuts } from "@/components/ui/shortcuts";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { byHandInput } from "@/server/callbacks/schemas";
import { requestTypes, type Urgency, urgencies } from "@/server/callbacks/status";
import { useTRPCClient } from "@/server/trpc/react";
import { type Slot, SlotPicker } from "./slot-picker";

type AddRequestProps = {
  /** Whether the person finds customers by name; others write a number down. */
  findsCustomers: boolean;
};

/** "Add request" and its form; `a` opens it. */
export function AddRequest({ findsCustomers }: AddRequestProps) {
  const [open, setOpen] = useState(false);
  useShortcuts([{ keys: "a", label: "Add a request", group: "Callbacks", run: () => setOpen(true) }]);
  return (
    <>
      <Button icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add request
      </Button>
      {open && (
        <RequestDrawer findsCustomers={findsCustomers} customer={null} onDone={() => setOpen(false)} />
      )}
    </>
  );
}

/** The same for one customer, from their page. */
export function RequestForCustomer({ customer }: { customer: PickedCustomer }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<PhoneCall aria-hidden />} onClick={() => setOpen(true)}>
        Request a call
      </Button>
      {open && <RequestDrawer findsCustomers={false} customer={customer} onDone={() => setOpen(false)} />}
    </>
  );
}

type RequestDrawerProps = AddRequestProps & { customer: PickedCustomer | null; onDone: () => void };
type Values = {
  customerId: string | null;
  phone: string;
  customerName: string;
  requestType: string;
  urgency: Urgency;
  description: string;
  slot: Slot | null;
  sourceKey: string;
};

function RequestDrawer({ findsCustomers, customer, onDone }: RequestDrawerProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const [picked, setPicked] = useState(customer);
  const [later, setLater] = useState(false);
  // The number once it is written: the times on offer do not follow each digit.
  const [dialled, setDialled] = useState("");
  const [initial] = useState<Values>(() => ({
    customerId: customer?.id ?? null,
    phone: "",
    customerName: "",
    requestType: "general_inquiry",
    urgency: "medium",
    description: "",
    slot: null,
    // Sent twice by a slow line, it is one ask.
    sourceKey: newKey(),
  }));
  const form = useForm({
    schema: byHandInput,
    initial,
    submit: async (asked) => {
      if (later && !asked.slot) throw new Error("Choose the time that you promise, or untick it.");
      const { id, merged } = await client.callbacks.request.mutate(asked);
      toast.success(merged ? "Added to the request that is open already" : "The request is in the queue", {
        action: { label: "Open", onClick: () => router.push(`/callbacks/${id}`) },
      });
      onDone();
    },
  });
  /** Another person, number or topic has other hours. */
  const chooseAnew = (phone = dialled) => {
    setDialled(phone);
    form.set("slot", null);
  };
  return (
    <FormDrawer title="Request a call" form={form} submitLabel="Request the call" ready onClose={onDone}>
      {customer && <p className="font-medium">{customer.name || "Without a name"}</p>}
      {findsCustomers && (
        <Field
          label="Customer"
          optional
          help="Somebody who is not a customer: leave it out and write the number."
        >
          <CustomerPicker
            value={picked}
            onChange={(next) => {
              setPicked(next);
              chooseAnew();
              form.set("customerId", next.id);
            }}
          />
        </Field>
      )}
      <Field
        label="Number to call"
        optional={picked !== null}
        help={
          picked
            ? "Left out: the customer's own number."
            : "Ten digits are an Indian mobile; else begin with +."
        }
        error={form.errors.phone}
      >
        <Input
          type="tel"
          inputMode="tel"
          value={form.values.phone}
          onChange={(event) => form.set("phone", event.target.value)}
          onBlur={() => {
            if (form.values.phone !== dialled) chooseAnew(form.values.phone);
            form.leave("phone")();
          }}
        />
      </Field>
      {!picked && (
        <Field label="Name" optional error={form.errors.customerName}>
          <Input
            value={form.values.customerName}
            onChange={(event) => form.set("customerName", event.target.value)}
            onBlur={form.leave("customerName")}
          />
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="About" error={form.errors.requestType}>
          <Select
            options={Object.entries(requestTypes).map(([value, { label }]) => ({ value, label }))}
            value={form.values.requestType}
            onValueChange={(value) => {
              form.set("requestType", value);
              chooseAnew();
            }}
          />
        </Field>
        <Field label="Urgency" error={form.errors.urgency}>
          <Select
            options={(Object.keys(urgencies) as Urgency[]).map((value) => ({
              value,
              label: urgencies[value].label,
            }))}
            value={form.values.urgency}
            onValueChange={(value) => form.set("urgency", value)}
          />
        </Field>
      </div>
      <Field label="What it is about, in their words" optional error={form.errors.description}>
        <Textarea
          value={form.values.description}
          onChange={(event) => form.set("description", event.target.value)}
          onBlur={form.leave("description")}
        />
      </Field>
      <Checkbox
        label="Promise a time"
        description="The clocks begin at that time instead of now."
        checked={later}
        onCheckedChange={(checked) => {
          setLater(checked === true);
          form.set("slot", null);
        }}
      />
      {later && (
        <SlotPicker
          called={{
            customerId: picked?.id ?? null,
            phone: dialled.slice(0, 40),
            requestType: form.values.requestType,
          }}
          value={form.values.slot}
          onChange={(slot) => form.set("slot", slot)}
        />
      )}
    </FormDrawer>
  );
}
