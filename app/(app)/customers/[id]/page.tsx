import type { Metadata } from "next";
import { JourneyList } from "@/components/automations/journey-list";
import { CustomerConsent } from "@/components/consent/customer-consent";
import { CustomerScreen } from "@/components/customers/customer-screen";
import { CustomersForbidden } from "@/components/customers/customers-forbidden";
import { Timeline } from "@/components/customers/timeline/timeline";
import { ErasedCustomer } from "@/components/erasures/erased-customer";
import { PaymentsAgeLine } from "@/components/imports/payments-age";
import { PolicyList } from "@/components/policies/policy-list";
import { timelineFiltersOf } from "@/server/customers/content";
import { api } from "@/server/trpc/caller";
import { customerViewer } from "../viewer";

export const metadata: Metadata = { title: "Customer" };

export default async function CustomerPage({ params, searchParams }: PageProps<"/customers/[id]">) {
  const { mayRead, viewer } = await customerViewer();
  if (!mayRead) return <CustomersForbidden />;
  const { id } = await params;
  const query = await searchParams;
  const server = await api();
  const erased = await server.erasures.find({ customerId: id });
  if (erased) return <ErasedCustomer erased={erased} zone={viewer.zone} />;
  const customer = await server.customers.get({ customerId: id });
  const filters = timelineFiltersOf(query);
  return (
    <CustomerScreen initial={customer} viewer={viewer}>
      {query.tab === "policies" ? (
        <div className="flex flex-col gap-4">
          <PaymentsAgeLine initial={await server.policies.paymentsAge()} zone={viewer.zone} />
          <PolicyList
            customerId={id}
            initial={await server.policies.list({ customerId: id })}
            mayEdit={viewer.mayEdit}
          />
        </div>
      ) : query.tab === "automations" ? (
        <JourneyList
          customerId={id}
          initial={await server.automations.journeys({ customerId: id })}
          zone={viewer.zone}
        />
      ) : query.tab === "consent" ? (
        <CustomerConsent customerId={id} zone={viewer.zone} mayEdit={viewer.mayEdit} />
      ) : (
        <Timeline
          customer={customer}
          filters={filters}
          initial={await server.customers.timeline({ customerId: id, ...filters })}
          reader={viewer}
        />
      )}
    </CustomerScreen>
  );
}
