import type { EmailBody } from "@/server/campaigns/content";
import { brandParts, linesOf } from "./brand";
import { oneLine } from "./clean";
import { type CompiledBody, type CompileOptions, compiledOf } from "./compile";
import { documentOf } from "./content";
import { blocksToMjml, blocksToText } from "./email-blocks";
import { layoutOf, Places } from "./layout";
import { compileMjml } from "./mjml";
import { inlineHtml, inlineText, join } from "./parts";
import { type Block, readDocument } from "./read-document";
import { Reader } from "./reader";
import type { RenderTarget } from "./slots";
import { wordsIn } from "./words";

/** Languages that are written from the right. */
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "sd", "ks"]);

/** Compiles an e-mail: its subject, the branded layout with the body in it, and the text part. */
export function compileEmail(body: EmailBody, options: CompileOptions): CompiledBody {
  const { firstLink, language } = options;
  const reader = new Reader(options);
  const subject = reader.line("subject", body.subject);
  const preheader = reader.line("preheader", body.preheader);
  const document = typeof body.body === "string" ? documentOf(body.body) : body.body;
  const blocks = readDocument(document, reader);
  return compiledOf(reader, options, {
    files: filesOf(blocks),
    prepare: async () => {
      const places = new Places();
      const title = join(subject.map(inlineHtml(firstLink)));
      const layout = layoutOf(
        places,
        {
          language,
          rightToLeft: RIGHT_TO_LEFT.has(language.split("-")[0] ?? ""),
          title,
          preheader: preheader.length === 0 ? null : join(preheader.map(inlineHtml(firstLink))),
          body: blocksToMjml(blocks, places, firstLink),
        },
        brandParts(language),
      );
      const html = join([places.fill(await compileMjml(layout))]);
      const says = join(subject.map(inlineText({ firstLink })));
      const previews = join(preheader.map(inlineText({ firstLink })));
      const text = join(blocksToText(blocks, firstLink));
      const words = wordsIn(language);
      return (slots) => ({
        channel: "email",
        subject: oneLine(says(slots)),
        preheader: oneLine(previews(slots)),
        html: html(slots),
        text: `${text(slots).trimEnd()}\n\n${textFoot(slots.target, words)}`,
      });
    },
  });
}

function textFoot(
  { company, unsubscribeUrl, preferencesUrl }: RenderTarget,
  { stop, choose }: ReturnType<typeof wordsIn>,
): string {
  const lines = [oneLine(company.companyName), oneLine(company.address ?? "")].filter((line) => line !== "");
  lines.push(...linesOf(company.footer));
  if (unsubscribeUrl !== null) lines.push(`${stop}: ${unsubscribeUrl}`);
  if (preferencesUrl) lines.push(`${choose}: ${preferencesUrl}`);
  return lines.length === 0 ? "" : `-- \n${lines.join("\n")}\n`;
}

function filesOf(blocks: Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "image") return [block.fileId];
    if (block.kind !== "choice") return [];
    return [...block.branches.flatMap((branch) => filesOf(branch.inside)), ...filesOf(block.otherwise)];
  });
}
