// Says the date in a date field in words, with its weekday and week, while it is being chosen.
// The server says the same when the form comes back, so nothing is lost without this.

for (const output of document.querySelectorAll("[data-date-words]")) {
  const field = document.getElementById(output.htmlFor.value);
  field?.addEventListener("input", () => {
    output.value = field.value ? say(new Date(field.value), output.dataset) : "";
  });
}

function say(day, { dateWords, weekdays, months }) {
  const values = {
    weekday: weekdays.split(",")[(day.getUTCDay() + 6) % 7],
    day: day.getUTCDate(),
    month: months.split(",")[day.getUTCMonth()],
    year: day.getUTCFullYear(),
    week: isoWeek(day),
  };
  return dateWords.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// A week belongs to the year that its Thursday is in (ISO 8601).
function isoWeek(day) {
  const thursday = new Date(day);
  thursday.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday - newYear) / 86400000 + 1) / 7);
}
