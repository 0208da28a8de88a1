"use client";

import Link from "next/link";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useUrl } from "@/components/ui/use-url";
import { channelLabels } from "@/server/channels/status";
import type { TemplateDetail } from "@/server/template-library/get";
import { languageLabel } from "@/server/template-library/status";
import { AboutFields } from "./about-fields";
import { ChatEditor } from "./chat-editor";
import { MailEditor } from "./mail-editor";
import { TextEditor } from "./text-editor";
import { useTemplateDraft } from "./use-template-draft";

/** Changes a template: what it is for on the right, the words of one channel and language on the left. */
export function TemplateEditor({ template }: { template: TemplateDetail }) {
  const draft = useTemplateDraft(template);
  const url = useUrl();
  const { fields, problem, saving, changed, save } = draft;
  const first = fields.channels.includes("email") ? "email" : (fields.channels[0] ?? "email");
  const channel = fields.channels.find((each) => each === url.params.get("channel")) ?? first;
  const language =
    fields.languages.find((each) => each === url.params.get("language")) ?? fields.languages[0] ?? "en";
  const Editor = editors[channel];
  useAskBeforeLeaving(changed && !saving);
  return (
    <>
      <PageHeader
        title={`Edit ${template.name}`}
        back={{ href: `/templates/${template.id}`, label: template.name }}
        description={
          template.approvedAt
            ? "New words make a new version, which advisors see once it is approved again."
            : "New words make a new version; the older ones are kept."
        }
        actions={
          <>
            <Button asChild>
              <Link href={`/templates/${template.id}`}>Cancel</Link>
            </Button>
            <Button variant="primary" loading={saving} disabled={!changed} onClick={() => void save()}>
              Save
            </Button>
          </>
        }
      />
      <div className="gutter grid gap-x-8 gap-y-6 py-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 max-w-3xl flex-col gap-5">
          {problem && (
            <Notice tone="danger" title="It was not saved">
              {problem}
            </Notice>
          )}
          <div className="flex flex-wrap gap-2">
            <SegmentedControl
              label="Channel"
              value={channel}
              options={fields.channels.map((value) => ({ value, label: channelLabels[value] }))}
              onValueChange={(value) => url.set({ channel: value }, { replace: true })}
            />
            {fields.languages.length > 1 && (
              <SegmentedControl
                label="Language"
                value={language}
                options={fields.languages.map((value) => ({ value, label: languageLabel(value) }))}
                onValueChange={(value) => url.set({ language: value }, { replace: true })}
              />
            )}
          </div>
          <Editor key={`${channel} ${language}`} draft={draft} language={language} />
        </div>
        <AboutFields draft={draft} />
      </div>
    </>
  );
}

const editors = { email: MailEditor, sms: TextEditor, whatsapp: ChatEditor } as const;

/** A closing tab asks while something is not saved. */
function useAskBeforeLeaving(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
