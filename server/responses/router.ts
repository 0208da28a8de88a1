import { procedureFor, router } from "@/server/trpc/procedures";
import { answerResponse } from "./answer";
import { mayAnswer } from "./answering";
import { assignResponses, listAssignees } from "./assign";
import { correctClass } from "./correct";
import { saveNote, setHandled } from "./follow-up";
import { getResponse } from "./get";
import { listResponses } from "./list";
import {
  answerInput,
  assignInput,
  correctClassInput,
  listResponsesInput,
  noteInput,
  responseInput,
  setHandledInput,
} from "./schemas";
import { responseAnswerers, responseCorrectors, responseReaders } from "./status";

const reader = procedureFor(...responseReaders);
const answerer = procedureFor(...responseAnswerers);
const corrector = procedureFor(...responseCorrectors);

/** What customers said back, and what people do about it. */
export const responsesRouter = router({
  list: reader.input(listResponsesInput).query(({ ctx, input }) => listResponses(ctx.verb, input)),
  get: reader.input(responseInput).query(({ ctx, input }) => getResponse(ctx.verb, input)),
  assignees: reader.query(({ ctx }) => listAssignees(ctx.verb)),
  assign: reader.input(assignInput).mutation(({ ctx, input }) => assignResponses(ctx.verb, input)),
  mayAnswer: answerer.input(responseInput).query(({ ctx, input }) => mayAnswer(ctx.verb, input)),
  answer: answerer.input(answerInput).mutation(({ ctx, input }) => answerResponse(ctx.verb, input)),
  correct: corrector.input(correctClassInput).mutation(({ ctx, input }) => correctClass(ctx.verb, input)),
  setHandled: reader.input(setHandledInput).mutation(({ ctx, input }) => setHandled(ctx.verb, input)),
  saveNote: reader.input(noteInput).mutation(({ ctx, input }) => saveNote(ctx.verb, input)),
});
