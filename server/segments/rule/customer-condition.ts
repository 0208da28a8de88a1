import { customerColumn } from "./columns";
import { type ConditionKind, isRelative, sayer, testProblems, testSql, testWords } from "./condition";
import { attributeKey } from "./fields";
import type { CustomerCondition } from "./model";
import { customerField } from "./world";

/** A test of a customer's own field or custom attribute. */
export const customerCondition: ConditionKind<CustomerCondition> = {
  problems: (condition, { attributes }) => {
    const field = customerField(condition.field, attributes);
    if (field) return testProblems(field.type, condition, "value");
    const gone = "This attribute does not exist any more. Choose another one.";
    return [{ at: "field", message: attributeKey(condition.field) ? gone : "Choose what to look at." }];
  },
  toSql: (condition, world, negated) => {
    const field = customerField(condition.field, world.attributes);
    if (!field) throw new Error(`no field “${condition.field}”`);
    const column = customerColumn(condition.field, field, world.zone);
    return testSql(field.type, condition, { column, world, negated });
  },
  explain: (condition, names) => {
    const field = customerField(condition.field, names.attributes);
    if (!field) return "whose … ";
    const { label, type } = field;
    const words = testWords(type, condition, sayer(names, field));
    if (condition.field === "created_at") return `who were added ${words.replace(/^(is|was) /, "")}`;
    if (condition.field === "birth_date")
      return `whose birthday ${words.replace("has its anniversary", "is")}`;
    return `whose ${label.toLowerCase()} ${words}`;
  },
  relative: isRelative,
};
