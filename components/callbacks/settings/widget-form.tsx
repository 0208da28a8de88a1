"use client";

import { Copy, Eye, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { saveWidgetInput } from "@/server/callbacks/schemas";
import type { WidgetSettings } from "@/server/callbacks/widget/settings";
import { useTRPCClient } from "@/server/trpc/react";

/** The snippet, the pages that may show the button, and a look at it. */
export function WidgetForm({ widget }: { widget: WidgetSettings }) {
  return (
    <div className="flex flex-col gap-5">
      <Pages widget={widget} />
      <Snippet widget={widget} />
    </div>
  );
}

function Pages({ widget }: { widget: WidgetSettings }) {
  const client = useTRPCClient();
  const router = useRouter();
  const { enabled, origins } = widget;
  const form = useForm({
    schema: saveWidgetInput,
    initial: { enabled, origins },
    submit: async (given) => {
      await client.callbacks.saveWidget.mutate(given);
      toast.success("Saved. It holds from now on");
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  return (
    <Card title="Where it may stand" description="No other page can ask for a call with your key.">
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <Switch
          label="The button works"
          checked={values.enabled}
          onCheckedChange={(checked) => set("enabled", checked)}
        />
        <Field
          label="Addresses of your website, one in each line"
          help="Like https://www.example.com"
          error={errors.origins}
        >
          <Textarea
            rows={3}
            value={values.origins.join("\n")}
            onChange={({ target: { value } }) => set("origins", value === "" ? [] : value.split("\n"))}
          />
        </Field>
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Button
          type="submit"
          variant="primary"
          className="self-end"
          loading={form.pending}
          disabled={!form.changed}
        >
          Save
        </Button>
      </form>
    </Card>
  );
}

function Snippet({ widget }: { widget: WidgetSettings }) {
  const client = useTRPCClient();
  const router = useRouter();
  const [shown, setShown] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const snippet = `<script src="${widget.scriptUrl}" data-key="${widget.key}" async></script>`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(snippet);
      toast.success("The snippet is copied");
    } catch {
      toast.message("Mark the snippet and copy it by hand");
    }
  };
  const preview = () => {
    const script = document.createElement("script");
    script.src = "/widget.js";
    script.dataset.key = widget.key;
    script.dataset.preview = "";
    // On a page of a company it stands at the corner of the window; here it goes when this page goes.
    script.addEventListener("ringback", (event) =>
      place.current?.append((event as CustomEvent<Node>).detail),
    );
    place.current?.append(script);
    setShown(true);
  };
  return (
    <Card
      title="Snippet"
      description="Put it before the end of each page. A content policy of your site has to allow this address in script-src and connect-src."
    >
      <div className="flex flex-col gap-4">
        <code className="block break-all rounded-md bg-subtle p-3 text-sm">{snippet}</code>
        <div className="flex flex-wrap gap-2">
          <Button icon={<Copy aria-hidden />} onClick={copy}>
            Copy
          </Button>
          <Button icon={<Eye aria-hidden />} disabled={shown} onClick={preview}>
            {shown ? "It stands in the corner" : "Preview"}
          </Button>
          <ConfirmDialog
            title="Make a new key?"
            description="Pages with the old snippet can no longer ask for a call until you replace it there."
            confirmLabel="Make a new key"
            cancelLabel="Keep"
            trigger={<Button icon={<RefreshCw aria-hidden />}>New key</Button>}
            onConfirm={async () => {
              await client.callbacks.renewWidgetKey.mutate();
              router.refresh();
            }}
          />
        </div>
        {/* Out of the flow: the preview stands at the corner of the window. */}
        <div ref={place} className="absolute" />
      </div>
    </Card>
  );
}
