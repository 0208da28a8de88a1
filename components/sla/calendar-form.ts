import type { CalendarLine } from "@/server/sla/list-calendars";
import { type SaveCalendar, type Shift, saveCalendarInput } from "@/server/sla/schemas";
import { dayNames, parseShifts, shiftsText } from "./words";

export type ExceptionValues = { date: string; name: string; hours: string; active: boolean };
type Values = {
  name: string;
  zone: string;
  alwaysOpen: boolean;
  /** Hours as typed, Monday first. */
  week: string[];
  exceptions: ExceptionValues[];
};

const usual = "09:30-18:30";

/** What the form begins with. */
export function calendarValues(calendar: CalendarLine | null, zone: string): Values {
  if (!calendar)
    return {
      name: "",
      zone,
      alwaysOpen: false,
      week: dayNames.map((_, day) => (day < 6 ? usual : "")),
      exceptions: [],
    };
  const { definition } = calendar;
  return {
    name: calendar.name,
    zone: definition.zone,
    alwaysOpen: definition.alwaysOpen,
    week: definition.week.map(shiftsText),
    exceptions: definition.exceptions.map(({ shifts, ...rest }) => ({ ...rest, hours: shiftsText(shifts) })),
  };
}

type Validated =
  | { value: SaveCalendar; issues?: undefined }
  | { issues: { message: string; path: string[] }[] };

/** Reads what was typed: hours as text become shifts, and what is wrong is said at its field. */
export function calendarForm(calendarId: string | null) {
  const validate = (given: unknown): Validated => {
    const { name, zone, alwaysOpen, week, exceptions } = given as Values;
    const days = week.map(parseShifts);
    const wrongDay = days.indexOf(null);
    if (!alwaysOpen && wrongDay >= 0)
      return wrong("week", `${dayNames[wrongDay]}: write hours like 09:30-18:30.`);
    const dates = exceptions.map(({ hours }) => parseShifts(hours));
    const wrongDate = exceptions.findIndex((one, at) => one.date === "" || dates[at] === null);
    if (wrongDate >= 0)
      return wrong("exceptions", "Each holiday needs a date; its hours are empty or like 09:30-13:00.");
    const twice = exceptions.find((one, at) => exceptions.findIndex(({ date }) => date === one.date) !== at);
    if (twice) return wrong("exceptions", `${twice.date} is there twice. Keep one of them.`);
    const read = saveCalendarInput.safeParse({
      calendarId,
      name,
      definition: {
        zone,
        alwaysOpen,
        week: days.map((shifts): Shift[] => shifts ?? []),
        exceptions: exceptions.map(({ date, name: called, active }, at) => ({
          date,
          name: called,
          active,
          shifts: dates[at] ?? [],
        })),
      },
    });
    if (read.success) return { value: read.data };
    return {
      issues: read.error.issues.map(({ message, path }) => {
        const [first, second] = path.map(String);
        return { message, path: [first === "definition" ? (second ?? "") : (first ?? "")] };
      }),
    };
  };
  return { "~standard": { validate } };
}

const wrong = (field: string, message: string): Validated => ({ issues: [{ message, path: [field] }] });
