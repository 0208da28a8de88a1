"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { errorDetails, errorMessage } from "@/components/campaigns/error-details";
import { sameValue } from "@/components/ui/same-value";
import { toast } from "@/components/ui/toaster";
import type { TemplateDetail } from "@/server/template-library/get";
import { type TemplateFields, templateFields } from "@/server/template-library/schemas";
import { useTRPCClient } from "@/server/trpc/react";

type Errors = Record<string, string | undefined>;

/** A template under edit: nothing is saved before somebody says so, and what is refused stays as it was typed. */
export function useTemplateDraft(template: TemplateDetail) {
  const { id, shown } = template;
  const client = useTRPCClient();
  const router = useRouter();
  const [start] = useState(() => templateFields.parse({ ...template, content: shown.content }));
  const [fields, setFields] = useState<TemplateFields>(start);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const change = (patch: Partial<TemplateFields>) => {
    setFields((before) => ({ ...before, ...patch }));
    setErrors({});
  };
  const save = async () => {
    const read = templateFields.safeParse(fields);
    setProblem(null);
    if (!read.success) {
      setErrors(Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join("."), message])));
      setProblem("Something in it must be mended first.");
      return;
    }
    setSaving(true);
    try {
      const { version } = await client.templates.update.mutate({
        id,
        version: template.version,
        changes: read.data,
      });
      toast.success(version === template.version ? "Saved" : `Saved as version ${version}`);
      router.push(`/templates/${id}`);
      router.refresh();
      return;
    } catch (error) {
      const { field } = errorDetails(error);
      if (field === "name") setErrors({ name: errorMessage(error) });
      else setProblem(errorMessage(error));
    }
    setSaving(false);
  };
  return { fields, errors, problem, saving, changed: !sameValue(fields, start), change, save };
}
export type TemplateDraft = ReturnType<typeof useTemplateDraft>;
