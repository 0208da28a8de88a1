"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Preflight } from "@/server/campaigns/preflight";
import { type Channel, channelLabels } from "@/server/channels/status";
import { useTRPC } from "@/server/trpc/react";
import type { Draft } from "../use-draft";
import { usePreview } from "../use-preview";
import { ChannelCards } from "./channel-cards";
import { ContentPreview } from "./content-preview";
import { type EditorProps, fallbacksOf } from "./editor-props";
import { EmailEditor } from "./email-editor";
import { FallBackFields } from "./fall-back";
import { FallbackFields } from "./fallback-fields";
import { LanguageTabs } from "./language-tabs";
import { LinkFields } from "./link-fields";
import { SmsEditor } from "./sms-editor";
import { spokenOf, usePlace, withoutLanguage } from "./use-place";
import { variantDraft } from "./variant-draft";
import { VariantTabs } from "./variant-tabs";
import { WhatsAppEditor } from "./whatsapp-editor";

type ContentTabProps = { draft: Draft; preflight: Preflight };

/** What is said on each channel in each language, and beside it the message as a customer reads it. */
export function ContentTab({ draft: whole, preflight }: ContentTabProps) {
  const { channel, language, variant, go } = usePlace(whole.fields);
  const draft = variantDraft(whole, variant);
  const { fields, change } = draft;
  const subjectOnly = variant > 0 && fields.abTest?.varies === "subject";
  const preview = usePreview(fields, { channel, language });
  const branding = useQuery(useTRPC().branding.get.queryOptions());
  const setChannels = (channels: Channel[]) => change({ channels });
  return (
    <div className="@container flex flex-col gap-6">
      <VariantTabs draft={whole} current={variant} onOpen={(next) => go({ variant: next })} />
      <ChannelCards
        channels={fields.channels}
        fallBack={fields.fallBack}
        current={channel}
        preflight={preflight}
        onOpen={(next) => go({ channel: next })}
        onChange={setChannels}
      />
      {spokenOf(fields).includes(channel) ? (
        <>
          <LanguageTabs
            languages={fields.languages}
            current={language}
            channel={channel}
            bodies={fields.bodies}
            readers={preflight.languages}
            onOpen={(next) => go({ language: next })}
            onChange={(languages) => change({ languages })}
            onRemove={(gone) =>
              change({
                languages: fields.languages.filter((each) => each !== gone),
                bodies: withoutLanguage(fields.bodies, gone),
              })
            }
          />
          <div className="grid gap-x-8 gap-y-6 @3xl:grid-cols-[minmax(0,1fr)_minmax(0,24rem)] @5xl:grid-cols-2">
            <div className="@container flex min-w-0 flex-col gap-6">
              <Editor
                key={`${variant} ${channel} ${language}`}
                channel={channel}
                draft={draft}
                language={language}
                preview={preview}
                problems={problemsAt(preview, channel, language)}
                subjectOnly={subjectOnly}
              />
              <FallbackFields
                used={preview.data?.tags ?? []}
                required={preview.data?.requiredTags ?? []}
                lacking={preflight.lacking}
                {...fallbacksOf(draft, language)}
              />
              {channel === "whatsapp" && (
                <FallBackFields fallBack={fields.fallBack} onChange={(fallBack) => change({ fallBack })} />
              )}
              {!subjectOnly && (
                <LinkFields
                  fields={fields}
                  usual={branding.data?.utm ?? null}
                  channel={channel}
                  links={preview.data?.links ?? []}
                  errors={draft.errors}
                  onChange={change}
                />
              )}
            </div>
            <ContentPreview preview={preview} language={language} />
          </div>
        </>
      ) : (
        <EmptyState
          title={`${channelLabels[channel]} is not used in this campaign`}
          className="rounded-md border border-line"
          action={
            <Button variant="primary" onClick={() => setChannels([...fields.channels, channel])}>
              Use {channelLabels[channel]}
            </Button>
          }
        >
          What was written for it stays as it is.
        </EmptyState>
      )}
    </div>
  );
}

function Editor({ channel, ...props }: EditorProps & { channel: Channel }) {
  switch (channel) {
    case "email":
      return <EmailEditor {...props} />;
    case "sms":
      return <SmsEditor {...props} />;
    case "whatsapp":
      return <WhatsAppEditor {...props} />;
  }
}

/** What must be mended in one message, by its field. */
function problemsAt(preview: ReturnType<typeof usePreview>, channel: Channel, language: string) {
  const found: EditorProps["problems"] = {};
  for (const { message, place } of preview.data?.problems ?? [])
    if (place.channel === channel && place.language === language)
      found[place.field] = found[place.field] ? `${found[place.field]} ${message}` : message;
  return found;
}
