"use client";

import { useQuery } from "@tanstack/react-query";
import { PencilLine } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import type { TemplateDetail } from "@/server/template-library/get";
import { useTRPC } from "@/server/trpc/react";
import { OlderVersion } from "./older-version";
import { TemplateFacts } from "./template-facts";
import { TemplateMenu } from "./template-menu";
import { TemplatePreview } from "./template-preview";
import { UseButton } from "./use-template";
import { VersionList } from "./version-list";

type TemplateViewProps = {
  template: TemplateDetail;
  /** The version that the address asks for; absent: the current one. */
  version: number | undefined;
  company: string;
  zone: string;
};

/** One template: what it says on the left; what it is for, what came of it and its versions on the right. */
export function TemplateView({ template: initial, version, company, zone }: TemplateViewProps) {
  const trpc = useTRPC();
  const { id } = initial;
  const input = version === undefined ? { id } : { id, version };
  const { data: template } = useQuery(trpc.templates.get.queryOptions(input, { initialData: initial }));
  useLive([`template:${id}`, "templates", "campaigns"], trpc.templates.get.queryFilter({ id }));
  const { name, description, shown, archivedAt, approvedAt, mayEdit, mayUse } = template;
  const isOlder = shown.version !== template.version;
  return (
    <>
      <PageHeader
        title={name}
        description={description}
        back={{ href: "/templates", label: "Templates" }}
        status={
          archivedAt ? (
            <Badge>Archived</Badge>
          ) : (
            approvedAt === null && <Badge tone="attention">Not approved</Badge>
          )
        }
        actions={
          <>
            <TemplateMenu template={template} />
            {mayEdit && (
              <Button asChild>
                <Link href={`/templates/${id}/edit`}>
                  <PencilLine aria-hidden />
                  Edit
                </Link>
              </Button>
            )}
            {mayUse && !archivedAt && <UseButton id={id} name={name} primary />}
          </>
        }
      />
      <div className="gutter grid gap-x-8 gap-y-6 py-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 max-w-3xl flex-col gap-4">
          {isOlder && <OlderVersion template={template} />}
          <TemplatePreview
            id={id}
            version={shown.version}
            channels={shown.channels}
            languages={shown.languages}
            company={company}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <TemplateFacts template={template} zone={zone} />
          <VersionList template={template} zone={zone} />
        </div>
      </div>
    </>
  );
}
