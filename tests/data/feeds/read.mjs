// Prints what a JavaScript library finds in each calendar, one a line: {uid: [start, end, title]}.
import fs from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

function byIcalJs(text) {
  const found = {};
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const say = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
  for (const component of calendar.getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    found[event.uid] = [say(event.startDate), say(event.endDate), event.summary];
  }
  return found;
}

function byNodeIcal(text) {
  const found = {};
  const say = (time) => (time.dateOnly ? time.toISOString().slice(0, 10) : time.toISOString());
  for (const event of Object.values(nodeIcal.sync.parseICS(text))) {
    if (event.type === "VEVENT") found[event.uid] = [say(event.start), say(event.end), event.summary];
  }
  return found;
}

const [, , library, ...files] = process.argv;
const read = library === "ical.js" ? byIcalJs : byNodeIcal;
for (const file of files) console.log(JSON.stringify(read(fs.readFileSync(file, "utf8"))));
